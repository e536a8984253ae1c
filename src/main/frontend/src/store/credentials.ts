import type { Connection, OperatorToken } from '../api/types';
import { read, remove, write } from './storage';

const OPERATOR = 'cockpit.operator';
const SESSIONS = 'cockpit.sessions';

type SessionTokens = Record<string, { token: string; expiresAt: string }>;

export function operator(): OperatorToken | undefined {
  return read<OperatorToken>(OPERATOR);
}

export function keepOperator({ token, expiresAt, subject }: OperatorToken): void {
  write(OPERATOR, { token, expiresAt, subject });
}

export function forgetEverything(): void {
  remove(OPERATOR);
  remove(SESSIONS);
}

export function sessionToken(id: string): string | undefined {
  return living()[id]?.token;
}

export function keepSession({ sessionId, token, expiresAt }: Connection): void {
  write(SESSIONS, { ...living(), [sessionId]: { token, expiresAt } });
}

export function forgetSession(id: string): void {
  const { [id]: _, ...others } = living();
  write(SESSIONS, others);
}

function living(now = Date.now()): SessionTokens {
  const all = Object.entries(read<SessionTokens>(SESSIONS) ?? {});
  return Object.fromEntries(all.filter(([, { expiresAt }]) => !(Date.parse(expiresAt) <= now)));
}
