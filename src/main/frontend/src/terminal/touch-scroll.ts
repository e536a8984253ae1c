import type { Terminal } from '@xterm/xterm';

const SLOP_PX = 8;
const FRICTION = 0.95;

/** Scrolls by touch, which xterm 6.0 does not (xterm.js #5489). Full-screen programs get the wheel instead. */
export function scrollByTouch(term: Terminal, host: HTMLElement): void {
  let lastY = 0;
  let velocity = 0;
  let rest = 0;
  let scrolling = false;
  let glide = 0;

  const rowHeight = () => host.clientHeight / term.rows || 16;

  function scroll(px: number, touch?: Touch): void {
    if (term.buffer.active.type === 'alternate' || term.modes.mouseTrackingMode !== 'none') {
      const at = { clientX: touch?.clientX ?? 0, clientY: touch?.clientY ?? 0 };
      term.element?.querySelector('.xterm-screen')?.dispatchEvent(new WheelEvent('wheel', { deltaY: px, bubbles: true, cancelable: true, ...at }));
      return;
    }
    rest += px / rowHeight();
    const lines = Math.trunc(rest);
    rest -= lines;
    if (lines !== 0) term.scrollLines(lines);
  }

  function coast(): void {
    velocity *= FRICTION;
    if (Math.abs(velocity) < 0.5) return;
    scroll(velocity);
    glide = requestAnimationFrame(coast);
  }

  host.addEventListener(
    'touchstart',
    ({ touches }) => {
      cancelAnimationFrame(glide);
      scrolling = false;
      velocity = rest = 0;
      lastY = touches[0]?.clientY ?? 0;
    },
    { passive: true },
  );
  host.addEventListener(
    'touchmove',
    (event) => {
      const touch = event.touches[0];
      if (!touch || event.touches.length > 1) return;
      const moved = lastY - touch.clientY;
      if (!scrolling && Math.abs(moved) < SLOP_PX) return;
      scrolling = true;
      event.preventDefault();
      lastY = touch.clientY;
      velocity = 0.7 * moved + 0.3 * velocity;
      scroll(moved, touch);
    },
    { passive: false },
  );
  host.addEventListener('touchend', () => {
    if (scrolling && term.buffer.active.type === 'normal' && !matchMedia('(prefers-reduced-motion: reduce)').matches) coast();
  });
}
