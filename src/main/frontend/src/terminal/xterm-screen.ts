import type { Terminal } from '@xterm/xterm';
import type { Screen } from '../pty/client';

// RIS. In the stream, and not term.reset(), because writes are queued and this has to keep its place among them.
const RESET = '\x1bc';

/** The screen of the protocol client, drawn by xterm. */
export class XtermScreen implements Screen {
  /** Whether xterm is drawing output from before this viewer attached. */
  replaying = false;
  private readonly term: Terminal;

  constructor(term: Terminal) {
    this.term = term;
  }

  write(bytes: Uint8Array, replayed: boolean, drawn: () => void): void {
    this.term.write('', () => (this.replaying = replayed));
    this.term.write(bytes, () => {
      this.replaying = false;
      drawn();
    });
  }

  reset(): void {
    this.term.write(RESET);
  }

  settled(then: () => void): void {
    this.term.write('', then);
  }
}

/** Whether xterm says this by itself: an answer to a query (DA, DSR, DECRPM, OSC colours, DCS) or a focus report. */
export function isReport(data: string): boolean {
  return /^\x1b(\[[IO]|\[[?>=]?[\d;]*\$?[cnyR]|\][\d;]+;.*|P.*)/s.test(data);
}
