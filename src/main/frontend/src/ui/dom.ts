type Child = Node | string | null | undefined | false;

interface Options {
  class?: string;
  testid?: string;
  on?: { [Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name]) => void };
  attrs?: Record<string, string | number | boolean | undefined>;
}

/** An element. Children that are strings become text, never markup. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  options: Options = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (options.class) element.className = options.class;
  if (options.testid) element.dataset.testid = options.testid;
  for (const [key, value] of Object.entries(options.attrs ?? {})) {
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : String(value));
  }
  for (const [type, listener] of Object.entries(options.on ?? {})) {
    element.addEventListener(type, listener as EventListener);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
