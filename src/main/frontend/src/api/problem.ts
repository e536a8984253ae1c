/** An answer of the server that is not 2xx, or none at all (status 0). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, detail: string, code?: string, retryAfterMs?: number) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const body = await response.json().catch(() => ({}));
  const detail = text(body.detail) ?? text(body.title) ?? `The server answered ${response.status}.`;
  return new Problem(response.status, detail, text(body.code), retryAfterMs(response.headers.get('Retry-After')));
}

export function unreachable(): Problem {
  return new Problem(0, 'The server cannot be reached.');
}

export function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : 'Something went wrong.';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
