import { expect, it } from 'vitest';
import { SharedSize } from '../src/terminal/shared-size';

const desk = { cols: 150, rows: 40 };
const phone = { cols: 48, rows: 30 };

it('sends a claim once', () => {
  const size = new SharedSize(true);
  size.attached(desk);
  expect(size.claim(desk)).toBe(false);
  expect(size.claim(phone)).toBe(true);
  expect(size.claim(phone)).toBe(false);
});

it('keeps the size when its own claims come back', () => {
  const size = new SharedSize(true);
  size.attached({ cols: 80, rows: 24 });
  size.claim(phone);
  size.claim(desk);
  size.told(phone);
  size.told(desk);
  expect(size.owned).toBe(true);
  expect(size.current).toEqual(desk);
});

it('gives the size up when somebody else sets it', () => {
  const size = new SharedSize(true);
  size.attached(desk);
  size.told(phone);
  expect(size.owned).toBe(false);
});

it('says its size again when it takes control back', () => {
  const size = new SharedSize(true);
  size.attached(desk);
  size.controlled(false);
  expect(size.owned).toBe(false);
  expect(size.claim(desk)).toBe(true);
  size.told(desk);
  size.controlled(true);
  expect(size.owned).toBe(true);
});

it('gives the size up when it changed during a drop, and keeps it when it did not', () => {
  const size = new SharedSize(true);
  size.attached(desk);
  size.claim(phone);
  size.attached(phone);
  expect(size.owned).toBe(true);
  size.attached(desk);
  expect(size.owned).toBe(false);
});
