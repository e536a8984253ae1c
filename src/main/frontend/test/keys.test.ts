import { expect, it } from 'vitest';
import { modified, sequenceOf } from '../src/terminal/keys';
import { isColorReport, isFocusReport } from '../src/terminal/xterm-screen';

const none = { ctrl: false, alt: false };
const ctrl = { ctrl: true, alt: false };

it('sends cursor keys in the mode the program asked for', () => {
  expect(sequenceOf('Up', none, false)).toBe('\x1b[A');
  expect(sequenceOf('Up', none, true)).toBe('\x1bOA');
  expect(sequenceOf('Left', ctrl, true)).toBe('\x1b[1;5D');
  expect(sequenceOf('PageUp', none, false)).toBe('\x1b[5~');
  expect(sequenceOf('ShiftTab', none, false)).toBe('\x1b[Z');
});

it('makes control characters of single keys and leaves a paste alone', () => {
  expect(modified('c', ctrl)).toBe('\x03');
  expect(modified('[', ctrl)).toBe('\x1b');
  expect(modified(' ', ctrl)).toBe('\0');
  expect(modified('cat', ctrl)).toBe('cat');
  expect(modified('é', ctrl)).toBe('é');
  expect(modified('b', { ctrl: false, alt: true })).toBe('\x1bb');
});

it.each(['\x1b]10;rgb:dddd/e2e2/e4e4\x1b\\', '\x1b]4;7;rgb:0000/0000/0000\x1b\\', '\x1b[I', '\x1b[O'])('takes %j for a report', (data) =>
  expect(isColorReport(data) || isFocusReport(data)).toBe(true),
);

it.each(['a', '\x1b', '\x1b[A', '\x1bOP', '\x1b[1;5C', '\x1b[3~', '\x1b[200~ls\x1b[201~', '\x1b[<0;1;1M', '\x1b[1;2R'])('takes %j for a key', (data) =>
  expect(isColorReport(data) || isFocusReport(data)).toBe(false),
);
