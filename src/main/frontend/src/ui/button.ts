import { el } from './dom';
import { icon, type IconName } from './icons';

interface ButtonOptions {
  kind?: 'primary' | 'quiet' | 'danger';
  icon?: IconName;
  testid?: string;
  autofocus?: boolean;
}

export function button(label: string, onClick: () => void, options: ButtonOptions = {}): HTMLButtonElement {
  return el(
    'button',
    {
      class: `button ${options.kind ?? ''}`,
      attrs: { type: 'button', autofocus: options.autofocus },
      on: { click: onClick },
      ...(options.testid && { testid: options.testid }),
    },
    options.icon && icon(options.icon),
    label,
  );
}

/** A button that is an icon only; the label is its accessible name and its tooltip. */
export function iconButton(name: IconName, label: string, onClick: () => void, testid?: string): HTMLButtonElement {
  return el(
    'button',
    {
      class: 'icon-button',
      attrs: { type: 'button', 'aria-label': label, title: label },
      on: { click: onClick },
      ...(testid && { testid }),
    },
    icon(name),
  );
}

/** Runs the work with the button disabled, so that a second tap does not start it twice. */
export async function whileBusy(pressed: HTMLButtonElement, work: () => Promise<void>): Promise<void> {
  pressed.disabled = true;
  pressed.setAttribute('aria-busy', 'true');
  try {
    await work();
  } finally {
    pressed.disabled = false;
    pressed.removeAttribute('aria-busy');
  }
}
