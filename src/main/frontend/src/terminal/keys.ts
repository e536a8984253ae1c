/** What the keys of the key bar send, and what a modifier held there does to the next key. */

export type Key = 'Escape' | 'Tab' | 'ShiftTab' | 'Up' | 'Down' | 'Left' | 'Right' | 'Home' | 'End' | 'PageUp' | 'PageDown';

export interface Modifiers {
  ctrl: boolean;
  alt: boolean;
}

const CURSOR: Partial<Record<Key, string>> = { Up: 'A', Down: 'B', Right: 'C', Left: 'D', Home: 'H', End: 'F' };
const PAGE: Partial<Record<Key, string>> = { PageUp: '5', PageDown: '6' };
const PLAIN: Partial<Record<Key, string>> = { Escape: '\x1b', Tab: '\t', ShiftTab: '\x1b[Z' };

export function sequenceOf(key: Key, { ctrl, alt }: Modifiers, applicationCursor: boolean): string {
  const plain = PLAIN[key];
  if (plain !== undefined) return alt ? `\x1b${plain}` : plain;
  const modifier = 1 + (alt ? 2 : 0) + (ctrl ? 4 : 0);
  const page = PAGE[key];
  if (page !== undefined) return modifier === 1 ? `\x1b[${page}~` : `\x1b[${page};${modifier}~`;
  const final = CURSOR[key] ?? '';
  if (modifier !== 1) return `\x1b[1;${modifier}${final}`;
  return applicationCursor ? `\x1bO${final}` : `\x1b[${final}`;
}

/** Applies the modifiers to typed text: to a single character only, so that a paste passes unchanged. */
export function modified(typed: string, { ctrl, alt }: Modifiers): string {
  if ([...typed].length !== 1) return typed;
  const text = ctrl ? controlOf(typed) : typed;
  return alt ? `\x1b${text}` : text;
}

function controlOf(character: string): string {
  if (character === ' ') return '\0';
  if (character === '?') return '\x7f';
  const code = character.toUpperCase().charCodeAt(0);
  return code >= 0x40 && code <= 0x5f ? String.fromCharCode(code & 0x1f) : character;
}
