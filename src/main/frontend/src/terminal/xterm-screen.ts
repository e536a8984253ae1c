import type { Terminal } from '@xterm/xterm';
import type { Screen } from '../pty/client';
import { sameSize, type Snapshot } from '../pty/control';

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

  /** It is drawn at its own size: what xterm then does to it is what it would have done to the output. */
  restore({ text, cols, rows }: Snapshot): void {
    const { term } = this;
    let wanted = { cols, rows };
    term.write('', () => {
      wanted = { cols: term.cols, rows: term.rows };
      if (!sameSize(wanted, { cols, rows })) term.resize(cols, rows);
      this.replaying = true;
    });
    term.write(text, () => {
      this.replaying = false;
      if (sameSize(term, { cols, rows })) term.resize(wanted.cols, wanted.rows);
    });
  }

  settled(then: () => void): void {
    this.term.write('', then);
  }
}

/** The server answers what programs ask, but for colors: xterm is not to answer a second time. */
export function leaveQueriesToServer({ parser }: Pick<Terminal, 'parser'>): void {
  const ids = [
    { final: 'c' },
    { prefix: '>', final: 'c' },
    { prefix: '>', final: 'q' },
    { final: 'n' },
    { prefix: '?', final: 'n' },
    { intermediates: '$', final: 'p' },
    { prefix: '?', intermediates: '$', final: 'p' },
  ];
  ids.forEach((id) => parser.registerCsiHandler(id, () => true));
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, () => true);
}

/** Whether xterm says this by itself, about a color. */
export function isColorReport(data: string): boolean {
  return /^\x1b\][\d;]+;.*/s.test(data);
}

/** Whether xterm says this by itself: that it has the focus, or lost it. */
export function isFocusReport(data: string): boolean {
  return /^\x1b\[[IO]$/.test(data);
}
