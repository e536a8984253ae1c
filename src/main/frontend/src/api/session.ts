import { Refused, RetryLater, SessionOver } from '../net/refused';
import * as credentials from '../store/credentials';
import { json, type Call } from './http';
import * as operator from './operator';
import { Problem } from './problem';
import type { Terminal, Ticket } from './types';

/** What one may do inside a session, with the session's own token. */

export async function terminals(id: string): Promise<Terminal[]> {
  return (await inSession<{ terminals: Terminal[] }>(id, '/api/terminals')).terminals;
}

export function newTerminal(id: string, size: { cols: number; rows: number }): Promise<Terminal> {
  return inSession<Terminal>(id, '/api/terminals', { method: 'POST', body: size });
}

export async function closeTerminal(id: string, terminal: string): Promise<void> {
  await inSession(id, `/api/terminals/${encodeURIComponent(terminal)}`, { method: 'DELETE' });
}

export async function openPty(id: string): Promise<WebSocket> {
  const ticket = await ticketFor(id, 'pty');
  return new WebSocket(`${socketBase()}/ws/pty?sessionId=${encodeURIComponent(id)}`, ['cockpit.pty.v1', `ticket.${ticket}`]);
}

export async function openEvents(id: string, resumeSeq: number): Promise<WebSocket> {
  const query = new URLSearchParams({ sessionId: id, ticket: await ticketFor(id, 'events'), resumeSeq: String(resumeSeq) });
  return new WebSocket(`${socketBase()}/ws/events?${query}`);
}

async function ticketFor(id: string, endpoint: 'pty' | 'events'): Promise<string> {
  try {
    return (await inSession<Ticket>(id, '/api/auth/tickets', { method: 'POST', body: { endpoint } })).ticket;
  } catch (reason) {
    if (!(reason instanceof Problem)) throw reason;
    if (isOver(reason)) throw new SessionOver(reason.message);
    if (reason.status === 403) throw new Refused(reason.message);
    throw reason.retryAfterMs === undefined ? reason : new RetryLater(reason.retryAfterMs);
  }
}

/** Whether the problem says that the session is gone, rather than the server being busy or away. */
export function isOver({ status, code }: Problem): boolean {
  // A 404 without a code is a server that is still starting: it answers before the application is up.
  return status === 401 || status === 410 || (status === 404 && code !== undefined);
}

// A token can end before its session does: ask the operator's side for a new one, once.
async function inSession<T>(id: string, path: string, call: Call = {}): Promise<T> {
  const token = credentials.sessionToken(id) ?? (await operator.connectTo(id)).token;
  try {
    return await json<T>(path, { ...call, token });
  } catch (reason) {
    if (!(reason instanceof Problem) || reason.status !== 401) throw reason;
    const { token: renewed } = await operator.connectTo(id);
    return json<T>(path, { ...call, token: renewed });
  }
}

function socketBase(): string {
  return location.origin.replace(/^http/, 'ws');
}
