import { expect, it } from 'vitest';
import { standing, type Facts } from '../src/terminal/standing';

const viewer = { id: 'a', you: true, control: false, readOnly: false };
const desk = { id: 'b', you: false, control: true, readOnly: false, name: 'Desk' };
const facts = (more: Partial<Facts>): Facts => ({ lookingOn: false, viewers: [viewer], ...more });
const idle = { code: 'IDLE', message: 'The terminal ends in 60 s: nobody typed for 1 h.', at: 60_000 };

it('says nothing when there is nothing to say', () => {
  expect(standing(facts({}), 0)).toBeUndefined();
  expect(standing(facts({ viewers: [{ ...viewer, control: true }, { ...desk, control: false }] }), 0)).toBeUndefined();
});

it('names who is in control, and the size of their screen', () => {
  expect(standing(facts({ viewers: [viewer, desk] }), 0)).toEqual({ text: 'Desk is in control.', action: 'take-over' });
  expect(standing(facts({ viewers: [viewer, { ...desk, name: undefined as never }], foreignSize: { cols: 150, rows: 40 } }), 0)).toEqual({
    text: 'Somebody is in control. Sized for a screen of 150 × 40.',
    action: 'take-over',
  });
  expect(standing(facts({ foreignSize: { cols: 150, rows: 40 } }), 0)).toEqual({ text: 'Sized for a screen of 150 × 40.', action: 'fit-here' });
});

it('says that it only looks on, whoever is in control', () => {
  expect(standing(facts({ lookingOn: true, viewers: [viewer, desk] }), 0)?.action).toBe('type-here');
});

it('counts down to the end of an idle shell, which can be kept', () => {
  expect(standing(facts({ ending: idle }), 0)).toEqual({ text: 'The terminal ends in 60 s: nobody typed for 1 h.', action: 'keep-open' });
  expect(standing(facts({ ending: idle, viewers: [viewer, desk] }), 47_500)?.text).toBe('The terminal ends in 13 s: nobody typed for 1 h.');
  expect(standing(facts({ ending: { ...idle, code: 'LIFETIME_LIMIT' } }), 0)).not.toHaveProperty('action');
});

it('says why the shell ended', () => {
  const ending = { code: 'OUTPUT_LIMIT', message: 'The terminal was ended: it wrote more than 1 MiB.', at: 0 };
  expect(standing(facts({ exit: { code: 129 }, ending }), 9)).toEqual({ text: ending.message, action: 'new-shell' });
  expect(standing(facts({ exit: { code: 3 } }), 9)).toEqual({ text: 'The shell ended with code 3.', action: 'new-shell' });
  expect(standing(facts({ exit: { code: undefined } }), 9)?.text).toBe('The shell ended.');
});
