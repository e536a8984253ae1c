/** JSON bodies of the server, as far as the console reads them. */

export interface Repo {
  path: string;
  name: string;
  /** null when HEAD is detached. */
  branch: string | null;
  head: string | null;
  /** null when it took the server too long to find out. */
  dirty: boolean | null;
}

export interface Session {
  id: string;
  sessionId: string;
  repo: string;
  label?: string | null;
  createdAt: string;
  expiresAt: string;
}

export interface Connection {
  sessionId: string;
  token: string;
  expiresAt: string;
}

export interface Terminal {
  id: string;
  isDefault: boolean;
  running: boolean;
  exitCode: number | null;
  title?: string;
  viewers: number;
}

export interface OperatorToken {
  token: string;
  expiresAt: string;
  subject: string;
}

export interface PairingCode {
  code: string;
  link: string;
  expiresAt: string;
}

export interface Ticket {
  ticket: string;
  expiresAt: string;
}
