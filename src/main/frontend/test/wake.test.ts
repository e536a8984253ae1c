import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchWake } from '../src/net/wake';

const page = Object.assign(new EventTarget(), { hidden: false });
const world = new EventTarget();
const sleeper = { wake: vi.fn(), offline: vi.fn() };
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  page.hidden = false;
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', world.addEventListener.bind(world));
  sleeper.wake.mockReset();
  sleeper.offline.mockReset();
  stop = watchWake(sleeper);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function hide(hidden: boolean): void {
  page.hidden = hidden;
  page.dispatchEvent(new Event('visibilitychange'));
}

it('replaces the connection when the network is back', () => {
  world.dispatchEvent(new Event('offline'));
  expect(sleeper.offline).toHaveBeenCalledOnce();
  world.dispatchEvent(new Event('online'));
  expect(sleeper.wake.mock.calls).toEqual([[true]]);
});

it('replaces the connection of a page that comes out of the cache, and of no fresh one', () => {
  world.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  world.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  expect(sleeper.wake.mock.calls).toEqual([[false], [true]]);
});

it('replaces the connection of a page that was hidden for long', () => {
  hide(true);
  vi.advanceTimersByTime(5_000);
  hide(false);
  hide(true);
  vi.advanceTimersByTime(30_000);
  hide(false);
  expect(sleeper.wake.mock.calls).toEqual([[false], [true]]);
});

it('is quiet once it was stopped', () => {
  stop();
  world.dispatchEvent(new Event('online'));
  hide(false);
  expect(sleeper.wake).not.toHaveBeenCalled();
});
