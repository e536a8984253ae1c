// The more particular first: Edge says Chrome too, and Android says Linux.
const SYSTEMS = ['iPhone', 'iPad', 'Android', 'Windows', 'Mac OS', 'CrOS', 'Linux'];
const BROWSERS = ['Edg', 'Firefox', 'Chrome', 'Safari'];

/** This browser, as its user would call it. */
export function deviceName(agent = navigator.userAgent): string {
  const named = (names: string[], unknown: string): string => names.find((name) => agent.includes(name)) ?? unknown;
  return `${named(BROWSERS, 'browser').replace('Edg', 'Edge')} on ${named(SYSTEMS, 'unknown system').replace('Mac OS', 'macOS')}`;
}
