import * as credentials from '../store/credentials';
import { json, request, type Call } from './http';
import { Problem } from './problem';
import type { Connection, OperatorToken, PairingCode, Repo, Session } from './types';

/** What one may do as an operator: everything outside a session. */

let onUnauthorized: () => void = () => {};

export function whenUnauthorized(handler: () => void): void {
  onUnauthorized = handler;
}

export async function pair(code: string, device: string): Promise<void> {
  credentials.keepOperator(await json<OperatorToken>('/api/auth/pair', { method: 'POST', body: { code, device } }));
}

export async function signOut(): Promise<void> {
  await authorized(() => json('/api/auth/logout', asOperator({ method: 'POST' })));
}

export function newPairingCode(): Promise<PairingCode> {
  return authorized(() => json<PairingCode>('/api/auth/pairing-codes', asOperator({ method: 'POST', body: {} })));
}

export async function repos(): Promise<Repo[]> {
  return (await authorized(() => json<{ repos: Repo[] }>('/api/repos', asOperator()))).repos;
}

export async function sessions(): Promise<Session[]> {
  return (await authorized(() => json<{ sessions: Session[] }>('/api/session', asOperator()))).sessions;
}

export function session(id: string): Promise<Session> {
  return authorized(() => json<Session>(of(id), asOperator()));
}

export function openSession(repo: string): Promise<Connection> {
  return keeping(json<Connection>('/api/session', asOperator({ method: 'POST', body: { repo, via: 'direct' } })));
}

/** A fresh token for a session there is already. */
export function connectTo(id: string): Promise<Connection> {
  return keeping(json<Connection>(`${of(id)}/connection`, asOperator({ method: 'POST', body: {} })));
}

export function extendSession(id: string): Promise<Connection> {
  return keeping(json<Connection>(`${of(id)}/extend`, asOperator({ method: 'POST', body: {} })));
}

export async function endSession(id: string): Promise<void> {
  await authorized(() => request(of(id), asOperator({ method: 'DELETE' })));
  credentials.forgetSession(id);
}

export async function sessionQr(id: string): Promise<Blob> {
  return (await authorized(() => request(`${of(id)}/qr?format=svg`, asOperator()))).blob();
}

function of(id: string): string {
  return `/api/session/${encodeURIComponent(id)}`;
}

function asOperator(call: Call = {}): Call {
  return { ...call, token: credentials.operator()?.token };
}

async function keeping(connection: Promise<Connection>): Promise<Connection> {
  const kept = await authorized(() => connection);
  credentials.keepSession(kept);
  return kept;
}

async function authorized<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (reason) {
    if (reason instanceof Problem && reason.status === 401) onUnauthorized();
    throw reason;
  }
}
