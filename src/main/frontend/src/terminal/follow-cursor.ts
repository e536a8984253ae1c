import type { Terminal } from '@xterm/xterm';

/** Where the screen is taller than its host, because another device sized it, keeps the cursor's row in sight. */
export function followCursor(term: Terminal, host: HTMLElement): () => void {
  const follow = (): void => {
    const { cursorY, baseY, viewportY } = term.buffer.active;
    const screen = host.querySelector<HTMLElement>('.xterm-screen');
    const end = ((cursorY + 1) / term.rows) * (screen?.offsetHeight ?? 0);
    host.scrollTop = viewportY === baseY ? Math.max(0, Math.ceil(end - host.clientHeight)) : 0;
  };
  const rendered = term.onRender(follow);
  const resized = new ResizeObserver(follow);
  resized.observe(host);
  return () => {
    rendered.dispose();
    resized.disconnect();
  };
}
