import { newPairingCode } from '../api/operator';
import { button } from '../ui/button';
import { copy } from '../ui/clipboard';
import { openDialog } from '../ui/dialog';
import { el } from '../ui/dom';
import { fromNow } from '../ui/time';
import { toastProblem } from '../ui/toast';

/** A one-time code for another device of the operator. */
export async function openPairDeviceDialog(): Promise<void> {
  try {
    const { code, link, expiresAt } = await newPairingCode();
    openDialog({
      title: 'Pair another device',
      body: [
        el('p', {}, 'Open this link there, or type the code. Whoever has it can open shells as you, so do not pass it on.'),
        el('output', { class: 'code', testid: 'new-pairing-code' }, code),
        el('p', { class: 'link', testid: 'new-pairing-link' }, link),
        el('p', { class: 'hint' }, `It works once, and expires ${fromNow(expiresAt)}.`),
      ],
      actions: [
        button('Copy code', () => void copy(code), { kind: 'quiet' }),
        button('Copy link', () => void copy(link), { kind: 'primary', icon: 'copy' }),
      ],
    });
  } catch (problem) {
    toastProblem(problem);
  }
}
