import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Link, type LinkState, type Retry } from '../src/net/link';
import { RetryLater } from '../src/net/refused';
import { FakeSocket } from './fakes/socket';

let sockets: FakeSocket[];
let states: LinkState[];
let failure: Error | undefined;
let retry: Retry;

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const kind = (): string | undefined => states.at(-1)?.kind;

async function link(): Promise<Link> {
  const made: Link = new Link({
    open: async () => {
      if (failure) throw failure;
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    onOpen: () => made.ready(),
    onMessage: () => {},
    onClose: () => retry,
    onState: (state) => states.push(state),
  });
  made.start();
  await settle();
  return made;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { onLine: true });
  sockets = [];
  states = [];
  failure = undefined;
  retry = 'at-once';
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('comes back at once the first time, then with growing delays', async () => {
  await link();
  sockets[0]?.opens();
  failure = new Error('unreachable');
  sockets[0]?.closes(1006);
  const waits: number[] = [];
  for (let i = 0; i < 4; i++) {
    await settle(i === 0 ? 1 : (waits.at(-1) ?? 0) + 1);
    const state = states.at(-1);
    if (state?.kind === 'reconnecting') waits.push(state.at - Date.now());
  }
  expect(waits.every((wait, i) => i === 0 || wait > (waits[i - 1] ?? 0))).toBe(true);
});

it('waits first when the server asks for a delay', async () => {
  retry = 'delayed';
  await link();
  sockets[0]?.opens();
  sockets[0]?.closes(1013);
  await settle(300);
  expect(sockets).toHaveLength(1);
  await settle(400);
  expect(sockets).toHaveLength(2);
});

it('honours Retry-After', async () => {
  failure = new RetryLater(30_000);
  await link();
  failure = undefined;
  await settle(29_000);
  expect(sockets).toHaveLength(0);
  await settle(1_100);
  expect(sockets).toHaveLength(1);
});

it('does not wait when the network is back', async () => {
  failure = new Error('unreachable');
  const waiting = await link();
  await settle(20_000);
  failure = undefined;
  waiting.wake(false);
  await settle();
  expect(sockets).toHaveLength(1);
});

it('keeps a good socket when the page is shown again, and replaces a suspect one', async () => {
  const connected = await link();
  sockets[0]?.opens();
  connected.wake(false);
  await settle();
  expect(sockets).toHaveLength(1);
  connected.wake(true);
  await settle();
  expect(sockets).toHaveLength(2);
  expect(sockets[0]?.readyState).toBe(3);
});

it('gives up on a socket that never opens', async () => {
  await link();
  await settle(12_700);
  expect(sockets).toHaveLength(2);
});

it('is offline while the browser is, until something arrives after all', async () => {
  const connected = await link();
  sockets[0]?.opens();
  connected.offline();
  expect(kind()).toBe('offline');
  sockets[0]?.says({});
  expect(kind()).toBe('connected');
});

it('says offline instead of counting down when there is no network', async () => {
  await link();
  sockets[0]?.opens();
  vi.stubGlobal('navigator', { onLine: false });
  failure = new Error('unreachable');
  sockets[0]?.closes(1006);
  await settle(3_000);
  expect(kind()).toBe('offline');
  failure = undefined;
  await settle(5_000);
  sockets.at(-1)?.opens();
  expect(kind()).toBe('connected');
});

it('stays ended', async () => {
  const ended = await link();
  ended.end();
  ended.wake(true);
  await settle(60_000);
  expect(kind()).toBe('ended');
  expect(sockets).toHaveLength(1);
});
