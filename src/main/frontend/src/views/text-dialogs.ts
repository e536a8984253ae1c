import { button } from '../ui/button';
import { copy } from '../ui/clipboard';
import { openDialog } from '../ui/dialog';
import { el } from '../ui/dom';

/** The terminal's text as plain text, where a long press selects the way it does everywhere on a phone. */
export function openTextDialog(text: string): void {
  const content = el('pre', { class: 'terminal-text', attrs: { tabindex: 0 } }, text);
  openDialog({
    title: 'Terminal text',
    body: [content],
    actions: [button('Copy all', () => void copy(text), { kind: 'primary', icon: 'copy' })],
  });
  content.scrollTop = content.scrollHeight;
}

/** Pastes from the clipboard where the browser allows reading it, or from a field where it does not. */
export async function pasteInto(paste: (text: string) => void): Promise<void> {
  try {
    paste(await navigator.clipboard.readText());
  } catch {
    openPasteDialog(paste);
  }
}

function openPasteDialog(paste: (text: string) => void): void {
  const field = el('textarea', { attrs: { rows: 5, 'aria-label': 'Text to paste', autocapitalize: 'off', autocorrect: 'off', spellcheck: 'false', autofocus: true } });
  const dialog = openDialog({
    title: 'Paste',
    body: [field, el('p', { class: 'hint' }, 'The browser does not let the page read the clipboard. Paste here instead.')],
    actions: [
      button(
        'Send to the terminal',
        () => {
          dialog.close();
          if (field.value) paste(field.value);
        },
        { kind: 'primary' },
      ),
    ],
  });
}
