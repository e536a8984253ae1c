import { el } from './dom';
import { toast } from './toast';

/** Copies, and says so only when it is true. */
export async function copy(text: string): Promise<void> {
  const copied = await writeText(text);
  toast(copied ? 'Copied.' : 'The browser did not allow copying.', copied ? 'plain' : 'danger');
}

async function writeText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // There is no clipboard API on plain http.
    return copyByCommand(text);
  }
}

function copyByCommand(text: string): boolean {
  const focused = document.activeElement;
  const carrier = el('textarea', { class: 'offscreen', attrs: { readonly: true, 'aria-hidden': 'true' } });
  carrier.value = text;
  // Outside of an open modal dialog nothing can be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(carrier);
  carrier.select();
  const copied = document.execCommand('copy');
  carrier.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
