import type { Retry } from '../net/link';

/** What a close code of `cockpit.pty.v1` means for reconnecting. */
export function retryAfterClose(code: number): Retry {
  switch (code) {
    case 1000:
    case 1003:
    case 1008:
    case 1009:
    case 4400:
    case 4404:
      return 'never';
    case 1001:
    case 1011:
    case 1013:
      return 'delayed';
    default:
      return 'at-once';
  }
}

export type CloseReason = 'session' | 'terminal' | 'protocol';

/** Why a connection that is not to be tried again is over. */
export function closeReason(code: number): CloseReason {
  if (code === 1008) return 'session';
  return code === 1000 || code === 4404 ? 'terminal' : 'protocol';
}
