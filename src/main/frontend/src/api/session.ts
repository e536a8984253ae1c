import { Refused, RetryLater, SessionOver } from '../net/refused';
import * as credentials from '../store/credentials';
import { json, type Call } from './http';
import * as operator from './operator';
import { Problem } from './problem';
import type { Session, Terminal, Ticket } from './types';

/** What one may do inside a session, with the session's own token. */

/** Rejects with `SessionOver` when there is no such session any more. */
export async function sessionOf(id: string): Promise<Session> {
  try {
    return await operator.session(id);
  } catch (reason) {
    throw asOver(reason);
  }
}

export async function terminals(id: string): Promise<Terminal[]> {
  return (await inSession<{ terminals: Terminal[] }>(id, '/api/terminals')).terminals;
}

export function newTerminal(id: string, size: { cols: number; rows: number }): Promise<Terminal> {
  return inSession<Terminal>(id, '/api/terminals', { method: 'POST', body: size });
}

/** Also fine when it is closed already. */
export async function closeTerminal(id: string, terminal: string): Promise<void> {
  try {
    await inSession(id, `/api/terminals/${encodeURIComponent(terminal)}`, { method: 'DELETE' });
  } catch (reason) {
    if (!isMissing(reason)) throw reason;
  }
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
    if (reason.status === 403) throw new Refused(reason.message);
    throw reason.retryAfterMs === undefined ? reason : new RetryLater(reason.retryAfterMs);
  }
}

// A token can end before its session does: ask the operator's side for a new one, once.
async function inSession<T>(id: string, path: string, call: Call = {}): Promise<T> {
  const token = credentials.sessionToken(id) ?? (await renewed(id));
  try {
    return await json<T>(path, { ...call, token });
  } catch (reason) {
    if (!(reason instanceof Problem) || reason.status !== 401) throw reason;
    return json<T>(path, { ...call, token: await renewed(id) });
  }
}

async function renewed(id: string): Promise<string> {
  try {
    return (await operator.connectTo(id)).token;
  } catch (reason) {
    throw asOver(reason);
  }
}

function asOver(reason: unknown): unknown {
  return isMissing(reason) ? new SessionOver('The session has ended.') : reason;
}

/** Whether the server says that there is no such thing, rather than not being up yet: then its 404 has no code. */
function isMissing(reason: unknown): boolean {
  return reason instanceof Problem && (reason.status === 410 || (reason.status === 404 && reason.code !== undefined));
}

function socketBase(): string {
  return location.origin.replace(/^http/, 'ws');
}
