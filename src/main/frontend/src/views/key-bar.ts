import { modified, sequenceOf, type Key, type Modifiers } from '../terminal/keys';
import { el } from '../ui/dom';
import { icon, type IconName } from '../ui/icons';

export interface KeyTarget {
  send(sequence: string): void;
  readonly applicationCursor: boolean;
}

type Hold = 'off' | 'once' | 'locked';

const REPEAT_AFTER_MS = 350;
const REPEAT_EVERY_MS = 60;
const NEXT: Record<Hold, Hold> = { off: 'once', once: 'locked', locked: 'off' };

/** The keys a soft keyboard lacks. A modifier holds for one key, or until it is tapped again when tapped twice. */
export class KeyBar {
  readonly element: HTMLElement;
  private readonly target: () => KeyTarget | undefined;
  private readonly holds: Record<keyof Modifiers, Hold> = { ctrl: 'off', alt: 'off' };
  private readonly modifierButtons = { ctrl: this.modifier('ctrl', 'Ctrl'), alt: this.modifier('alt', 'Alt') };

  constructor(target: () => KeyTarget | undefined, tools: HTMLElement[]) {
    this.target = target;
    this.element = el(
      'div',
      { class: 'key-bar', testid: 'key-bar', attrs: { role: 'toolbar', 'aria-label': 'Terminal keys' } },
      this.key('Escape', 'Esc'),
      this.key('Tab', 'Tab'),
      this.modifierButtons.ctrl,
      this.modifierButtons.alt,
      this.arrow('Left', 'left'),
      this.arrow('Down', 'down'),
      this.arrow('Up', 'up'),
      this.arrow('Right', 'right'),
      ...['/', '-', '|', '~'].map((character) => this.character(character)),
      this.key('ShiftTab', 'Shift Tab'),
      this.key('Home', 'Home'),
      this.key('End', 'End'),
      this.key('PageUp', 'PgUp'),
      this.key('PageDown', 'PgDn'),
      ...tools,
    );
    // A press must not take the focus from the terminal: the soft keyboard would go.
    this.element.addEventListener('mousedown', (event) => event.preventDefault());
  }

  /** Typed text with the held modifiers applied; a hold for one key is over then. */
  apply(typed: string): string {
    const text = modified(typed, this.held());
    this.release();
    return text;
  }

  private held(): Modifiers {
    return { ctrl: this.holds.ctrl !== 'off', alt: this.holds.alt !== 'off' };
  }

  private press(key: Key): void {
    const target = this.target();
    target?.send(sequenceOf(key, this.held(), target.applicationCursor));
    this.release();
  }

  private release(): void {
    for (const name of ['ctrl', 'alt'] as const) if (this.holds[name] === 'once') this.hold(name, 'off');
  }

  private hold(name: keyof Modifiers, hold: Hold): void {
    this.holds[name] = hold;
    this.modifierButtons[name].dataset.hold = hold;
    this.modifierButtons[name].setAttribute('aria-pressed', String(hold !== 'off'));
  }

  private key(key: Key, label: string): HTMLButtonElement {
    return keyButton(label, label, () => this.press(key));
  }

  private arrow(key: Key, name: IconName): HTMLButtonElement {
    return repeating(keyButton(icon(name), key, () => this.press(key)), () => this.press(key));
  }

  private character(character: string): HTMLButtonElement {
    return keyButton(character, character, () => this.target()?.send(this.apply(character)));
  }

  private modifier(name: keyof Modifiers, label: string): HTMLButtonElement {
    const toggle = keyButton(label, label, () => this.hold(name, NEXT[this.holds[name]]));
    toggle.setAttribute('aria-pressed', 'false');
    return toggle;
  }
}

function keyButton(face: Node | string, label: string, press: () => void): HTMLButtonElement {
  return el('button', { class: 'key', attrs: { type: 'button', 'aria-label': label }, on: { click: press } }, face);
}

function repeating(button: HTMLButtonElement, press: () => void): HTMLButtonElement {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => clearTimeout(timer);
  const again = (): void => {
    press();
    timer = setTimeout(again, REPEAT_EVERY_MS);
  };
  button.addEventListener('pointerdown', () => {
    stop();
    timer = setTimeout(again, REPEAT_AFTER_MS);
  });
  for (const type of ['pointerup', 'pointercancel', 'pointerleave'] as const) button.addEventListener(type, stop);
  return button;
}
