import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refused, SessionOver } from '../src/net/refused';
import { PtyClient } from '../src/pty/client';
import { FakeScreen } from './fakes/screen';
import { FakeSocket } from './fakes/socket';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);

let sockets: FakeSocket[];
let screen: FakeScreen;
let refuse: Error | undefined;
const on = {
  onState: vi.fn(),
  onAttached: vi.fn(),
  onSize: vi.fn(),
  onTitle: vi.fn(),
  onViewers: vi.fn(),
  onExit: vi.fn(),
  onNotice: vi.fn(),
  onClosed: vi.fn(),
};

const socket = (): FakeSocket => sockets.at(-1) as FakeSocket;
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

async function client(terminal?: string): Promise<PtyClient> {
  const made = new PtyClient({
    ...on,
    screen,
    terminal,
    name: 'Desk',
    size: () => ({ cols: 100, rows: 30 }),
    open: async () => {
      if (refuse) throw refuse;
      const opened = new FakeSocket();
      sockets.push(opened);
      return opened as unknown as WebSocket;
    },
  });
  made.start();
  await settle();
  return made;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { onLine: true });
  sockets = [];
  screen = new FakeScreen();
  refuse = undefined;
  Object.values(on).forEach((handler) => handler.mockReset());
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('attaching', () => {
  it('asks for the default terminal first, and for the same one at the next offset after that', async () => {
    await client();
    socket().attaches();
    expect(socket().control[0]).toEqual({ type: 'attach', inputId: expect.stringMatching(/^[\w-]{8,64}$/), name: 'Desk', snapshot: true, cols: 100, rows: 30 });
    socket().outputs(0, 'hello');
    socket().closes(1006);
    await settle(1);
    socket().opens();
    expect(socket().control[0]).toMatchObject({ terminal: 't1', from: 5, inputId: sockets[0]?.control[0]?.inputId });
  });

  it('tells replayed output from live output, within one frame too', async () => {
    await client();
    socket().attaches({ from: 10, head: 14 });
    socket().outputs(10, 'pastlive');
    expect(screen.text).toBe('pastlive');
    expect(screen.replayed).toBe('past');
  });
});

describe('output', () => {
  it('draws nothing twice', async () => {
    await client();
    socket().attaches();
    socket().outputs(0, 'abc');
    socket().outputs(1, 'bcd');
    expect(screen.text).toBe('abcd');
  });

  it('connects again when bytes are missing', async () => {
    await client();
    socket().attaches();
    socket().outputs(0, 'abc');
    socket().outputs(9, 'x');
    await settle();
    socket().opens();
    expect(sockets).toHaveLength(2);
    expect(socket().control[0]).toMatchObject({ from: 3 });
    expect(screen.text).toBe('abc');
  });

  it('resets the screen at a gap and says so', async () => {
    await client();
    socket().attaches();
    socket().outputs(0, 'old');
    socket().says({ type: 'gap', from: 3, to: 2048 });
    socket().outputs(2048, 'new');
    expect(screen.text).toBe('new');
    expect(on.onNotice).toHaveBeenCalledWith({ code: 'GAP', message: expect.stringContaining('2 KiB') });
  });

  it('goes on where a snapshot ends, instead of all that was before', async () => {
    await client();
    socket().attaches({ from: 0, head: 5 });
    socket().outputs(0, 'old');
    socket().says({ type: 'gap', from: 3, to: 2048 });
    socket().says({ type: 'snapshot', offset: 2048, cols: 80, rows: 24, text: 'the screen' });
    socket().outputs(2048, ' and more');
    expect(screen.text).toBe('the screen and more');
    socket().closes(1006);
    await settle(1);
    socket().opens();
    expect(socket().control[0]).toMatchObject({ from: 2057, snapshot: true });
  });

  it('is acknowledged when it is drawn, not when it is received', async () => {
    await client();
    screen.held = [];
    socket().attaches({ window: 16 });
    socket().outputs(0, '0123456789');
    expect(socket().control).toHaveLength(1);
    screen.held.forEach((drawn) => drawn());
    expect(socket().control[1]).toEqual({ type: 'ack', offset: 10 });
  });

  it('drawn late is not acknowledged on a later connection', async () => {
    await client();
    screen.held = [];
    socket().attaches({ window: 16 });
    socket().outputs(0, '0123456789');
    socket().closes(1006);
    await settle(1);
    socket().attaches({ from: 10, head: 10, window: 16 });
    screen.held.forEach((drawn) => drawn());
    expect(socket().control).toHaveLength(1);
  });

  it('starts over when the server does not have the offset any more', async () => {
    await client();
    socket().attaches();
    socket().outputs(0, 'lost');
    socket().closes(1006);
    await settle(1);
    socket().opens();
    socket().says({ type: 'error', code: 'BAD_OFFSET', message: 'beyond the end' });
    socket().closes(4400);
    await settle(600);
    socket().opens();
    expect(socket().control[0]).not.toHaveProperty('from');
    expect(screen.text).toBe('');
    expect(on.onClosed).not.toHaveBeenCalled();
  });
});

describe('input', () => {
  it('typed before the answer to the attach is sent after it', async () => {
    const pty = await client();
    pty.type(bytes('ls'));
    socket().opens();
    expect(socket().input).toHaveLength(0);
    socket().attaches();
    expect(socket().input).toEqual([{ offset: 0, bytes: bytes('ls') }]);
  });

  it('is sent again from where the server says', async () => {
    const pty = await client();
    socket().attaches();
    pty.type(bytes('abc'));
    socket().says({ type: 'inputAck', offset: 1 });
    socket().closes(1006);
    pty.type(bytes('de'));
    await settle(1);
    socket().attaches({ inputOffset: 2 });
    expect(socket().input.map(({ offset, bytes: sent }) => [offset, text(sent)])).toEqual([[2, 'cde']]);
  });

  it('goes out in frames of at most 64 KiB', async () => {
    const pty = await client();
    socket().attaches();
    pty.type(new Uint8Array(150_000));
    expect(socket().input.map(({ offset, bytes: sent }) => [offset, sent.length])).toEqual([
      [0, 65_536],
      [65_536, 65_536],
      [131_072, 18_928],
    ]);
  });

  it('has at most 1 MiB under way', async () => {
    const pty = await client();
    socket().attaches();
    pty.type(new Uint8Array(1_500_000));
    const sent = (): number => socket().input.reduce((sum, frame) => sum + frame.bytes.length, 0);
    expect(sent()).toBe(1_048_576);
    socket().says({ type: 'inputAck', offset: 100_000 });
    expect(sent()).toBe(1_148_576);
    socket().says({ type: 'inputAck', offset: 1_148_576 });
    expect(sent()).toBe(1_500_000);
  });

  it('the server has forgotten is dropped rather than typed twice', async () => {
    const pty = await client();
    socket().attaches();
    pty.type(bytes('rm'));
    socket().says({ type: 'inputAck', offset: 2 });
    socket().closes(1006);
    await settle(1);
    const id = sockets[0]?.control[0]?.inputId;
    socket().attaches({ inputOffset: 0 });
    await settle();
    socket().attaches();
    expect(socket().control[0]?.inputId).not.toBe(id);
    expect(socket().input).toHaveLength(0);
    expect(on.onNotice).toHaveBeenCalled();
  });

  it('that is never acknowledged means that the link is dead', async () => {
    const pty = await client();
    socket().attaches();
    pty.type(bytes('x'));
    await settle(8_000);
    expect(sockets).toHaveLength(2);
    socket().attaches();
    await settle(15_000);
    expect(sockets).toHaveLength(2);
    await settle(1_000);
    expect(sockets).toHaveLength(3);
  });

  it('that is acknowledged keeps the link', async () => {
    const pty = await client();
    socket().attaches();
    pty.type(bytes('x'));
    socket().says({ type: 'inputAck', offset: 1 });
    await settle(60_000);
    expect(sockets).toHaveLength(1);
  });
});

describe('the end', () => {
  it('of the shell is told with its code, and there is no reconnect', async () => {
    await client();
    socket().attaches();
    socket().says({ type: 'exit', code: 3, offset: 0 });
    socket().closes(1000);
    await settle(60_000);
    expect(on.onExit).toHaveBeenCalledWith(3);
    expect(on.onClosed).not.toHaveBeenCalled();
    expect(on.onState).toHaveBeenLastCalledWith({ kind: 'ended' });
    expect(sockets).toHaveLength(1);
  });

  it('of a shell that nobody saw end has no code', async () => {
    await client();
    socket().attaches({ running: false });
    socket().says({ type: 'exit', offset: 0 });
    socket().closes(1000);
    await settle(60_000);
    expect(on.onExit).toHaveBeenCalledWith(undefined);
    expect(sockets).toHaveLength(1);
  });

  it.each([
    [1008, 'session'],
    [4404, 'terminal'],
    [4400, 'protocol'],
    [1009, 'protocol'],
  ])('by close code %i is about the %s', async (code, reason) => {
    await client();
    socket().opens();
    socket().closes(code);
    await settle(60_000);
    expect(on.onClosed).toHaveBeenCalledWith(reason, undefined);
    expect(sockets).toHaveLength(1);
  });

  it('by a refused ticket says whether the session is over', async () => {
    refuse = new SessionOver('The session has ended.');
    await client();
    expect(on.onClosed).toHaveBeenCalledWith('session', 'The session has ended.');
    refuse = new Refused('This host name is not served.');
    await client();
    expect(on.onClosed).toHaveBeenLastCalledWith('protocol', 'This host name is not served.');
  });
});

it('connects again when the server is silent for three heartbeats', async () => {
  await client();
  socket().attaches({ heartbeat: 3000 });
  await settle(8_000);
  socket().says({ type: 'heartbeat' });
  await settle(8_000);
  socket().outputs(0, 'x');
  await settle(8_500);
  expect(sockets).toHaveLength(1);
  await settle(1_000);
  expect(sockets).toHaveLength(2);
});

it('tells the title', async () => {
  await client();
  socket().attaches();
  socket().says({ type: 'title', title: 'vim' });
  expect(on.onTitle).toHaveBeenCalledWith('vim');
});

it('tells who looks at the terminal, and takes control', async () => {
  const pty = await client();
  pty.takeControl();
  socket().attaches();
  const viewers = [{ id: 'a', you: true, control: false, readOnly: false }];
  socket().says({ type: 'viewers', viewers });
  expect(on.onViewers).toHaveBeenCalledWith(viewers);
  pty.takeControl();
  expect(socket().control.slice(1)).toEqual([{ type: 'control', take: true }]);
});

it('looks on without a word, and types again', async () => {
  const pty = await client();
  socket().attaches();
  pty.lookOn(true);
  await settle();
  socket().attaches();
  expect(socket().control[0]).toMatchObject({ type: 'attach', readOnly: true });
  pty.type(bytes('no'));
  pty.lookOn(false);
  await settle();
  socket().attaches();
  expect(socket().control[0]).not.toHaveProperty('readOnly');
  pty.type(bytes('yes'));
  expect(sockets.flatMap(({ input }) => input.map(({ bytes }) => text(bytes)))).toEqual(['yes']);
});

it('tells notices with the time that is left', async () => {
  await client();
  socket().attaches();
  socket().says({ type: 'notice', code: 'IDLE', message: 'The terminal ends in 60 s: nobody typed for 1 h.', endsIn: 60_000 });
  expect(on.onNotice).toHaveBeenCalledWith(expect.objectContaining({ code: 'IDLE', endsIn: 60_000 }));
});

it('ignores control frames it does not know', async () => {
  await client();
  socket().attaches();
  socket().says({ type: 'weather', sunny: true });
  socket().outputs(0, 'fine');
  expect(screen.text).toBe('fine');
});
