import headless from '@xterm/headless';
import { beforeEach, expect, it } from 'vitest';
import { XtermScreen, leaveQueriesToServer } from '../src/terminal/xterm-screen';

let term: InstanceType<typeof headless.Terminal>;
let screen: XtermScreen;
let said: string;

beforeEach(() => {
  term = new headless.Terminal({ cols: 80, rows: 24, allowProposedApi: true });
  said = '';
  term.onData((data) => (said += data));
  screen = new XtermScreen(term as never);
});

const settled = (): Promise<void> => new Promise((then) => screen.settled(then));
const line = (y: number): string => term.buffer.active.getLine(term.buffer.active.baseY + y)?.translateToString(true) ?? '';

it('shows a snapshot at the size it was made for, and then at its own', async () => {
  screen.restore({ type: 'snapshot', offset: 9, cols: 20, rows: 5, text: `\x1bc${'x'.repeat(25)}\r\nlast` });
  await settled();
  expect([term.cols, term.rows]).toEqual([80, 24]);
  expect(line(0)).toBe('x'.repeat(25));
  expect(line(1)).toBe('last');
});

it('takes the size of whoever is in control while a snapshot waits to be drawn', async () => {
  screen.restore({ type: 'snapshot', offset: 9, cols: 20, rows: 5, text: '\x1bctext' });
  term.write('', () => term.resize(100, 30));
  await settled();
  expect([term.cols, term.rows]).toEqual([100, 30]);
});

it('leaves what programs ask to the server', async () => {
  leaveQueriesToServer(term as never);
  term.write('\x1b[c\x1b[>c\x1b[5n\x1b[6n\x1b[?6n\x1b[4$p\x1b[?2004$p\x1bP$qr\x1b\\\x1b[!p\x1b[2 q\x1b[31mtext');
  await settled();
  expect(said).toBe('');
  expect(line(0)).toBe('text');
});
