/*
 * xterm.js 6.0 styles itself with <style> elements and style attributes, which a strict `style-src 'self'` blocks; what goes
 * through the CSSOM is allowed. Its `documentOverride` is no help: the viewport and the rows use the global document in spite
 * of it. So, while it opens, xterm's <style> elements are stand-ins for constructed style sheets, and a span's style
 * attribute is set through `style.cssText` always.
 */

HTMLSpanElement.prototype.setAttribute = function (this: HTMLSpanElement, name: string, value: string): void {
  if (name === 'style') this.style.cssText = value;
  else Element.prototype.setAttribute.call(this, name, value);
};

/** Runs `open`, in which xterm makes all of its <style> elements. */
export function withConstructedStyles(open: () => void): void {
  const createElement = document.createElement.bind(document);
  document.createElement = ((name: string) =>
    name === 'style' ? styleStandIn(createElement('template')) : createElement(name)) as typeof createElement;
  try {
    open();
  } finally {
    // The own property gives way to the prototype's method again.
    delete (document as { createElement?: unknown }).createElement;
  }
}

function styleStandIn(element: HTMLElement): HTMLElement {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  Object.defineProperty(element, 'textContent', { set: (css: string) => sheet.replaceSync(css) });
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((adopted) => adopted !== sheet);
    Element.prototype.remove.call(element);
  };
  return element;
}
