/** Where the user is, kept in the URL's fragment so that a reload comes back to it. */
export type Route = { at: 'home' } | { at: 'session'; id: string; terminal?: string };

export function parseRoute(hash: string): Route {
  const [place, id, terminal] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  if (place !== 'session' || !id) return { at: 'home' };
  return terminal ? { at: 'session', id, terminal } : { at: 'session', id };
}

export function routeHash(route: Route): string {
  if (route.at === 'home') return '#/';
  const parts = route.terminal ? [route.id, route.terminal] : [route.id];
  return `#/session/${parts.map(encodeURIComponent).join('/')}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
