import { problemOf, unreachable } from './problem';

export interface Call {
  method?: 'GET' | 'POST' | 'DELETE';
  token?: string | undefined;
  body?: unknown;
}

/** One request to the server the page came from. Rejects with a `Problem`. */
export async function request(path: string, { method = 'GET', token, body }: Call = {}): Promise<Response> {
  const headers: Record<string, string> = {};
  if (token !== undefined) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  } catch {
    throw unreachable();
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

export async function json<T>(path: string, call?: Call): Promise<T> {
  const response = await request(path, call);
  return (await response.json()) as T;
}
