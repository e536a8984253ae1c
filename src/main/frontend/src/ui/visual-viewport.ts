/** Keeps --app-height at what the soft keyboard leaves of the screen, and the page scrolled to its top. */
export function followVisualViewport(): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const follow = (): void => {
    // A pinch zoom also shrinks the visual viewport; the layout is to stay as it is then.
    if (viewport.scale > 1.01) return;
    document.documentElement.style.setProperty('--app-height', `${viewport.height}px`);
    window.scrollTo(0, 0);
  };
  viewport.addEventListener('resize', follow);
  viewport.addEventListener('scroll', follow);
  follow();
}
