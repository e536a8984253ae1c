import { expect, it } from 'vitest';
import { decodeData, encodeData } from '../src/pty/frames';
import { InputLog } from '../src/pty/input-log';

it('writes the offset as 64 bits, big-endian', () => {
  const frame = new Uint8Array(encodeData({ offset: 0x01_0000_0002, bytes: new Uint8Array([7, 8]) }));
  expect([...frame]).toEqual([0, 0, 0, 1, 0, 0, 0, 2, 7, 8]);
});

it('reads back what it wrote, beyond 32 bits', () => {
  const offset = 2 ** 45 + 3;
  expect(decodeData(encodeData({ offset, bytes: new Uint8Array([1]) }))).toEqual({ offset, bytes: new Uint8Array([1]) });
});

it('keeps input until it is acknowledged', () => {
  const log = new InputLog();
  log.append(new Uint8Array([1, 2, 3]));
  log.append(new Uint8Array([4]));
  log.acknowledge(2);
  log.acknowledge(1);
  expect([...log.framesFrom(0)]).toEqual([{ offset: 2, bytes: new Uint8Array([3, 4]) }]);
  log.acknowledge(4);
  expect(log.pending).toBe(false);
  expect(log.continuesAt(4)).toBe(true);
  expect(log.continuesAt(3)).toBe(false);
  expect(log.continuesAt(5)).toBe(false);
});

it('names itself as the protocol wants it', () => {
  expect(new InputLog().id).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  expect(new InputLog().id).not.toBe(new InputLog().id);
});
