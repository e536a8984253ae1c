import { extendSession, sessionQr } from '../api/operator';
import type { Session } from '../api/types';
import { button, whileBusy } from '../ui/button';
import { openDialog } from '../ui/dialog';
import { el } from '../ui/dom';
import { exactly, fromNow } from '../ui/time';
import { toast, toastProblem } from '../ui/toast';

/** The session's connection as a QR code, for the app on the phone. */
export function openQrDialog(session: Session, name: string): void {
  const frame = el('div', { class: 'qr' });
  const expiry = el('dd', {});
  let image = '';

  const load = async (): Promise<void> => {
    try {
      URL.revokeObjectURL(image);
      image = URL.createObjectURL(await sessionQr(session.sessionId));
      frame.replaceChildren(el('img', { testid: 'qr-image', attrs: { src: image, alt: 'QR code with the connection to this session' } }));
    } catch (problem) {
      frame.replaceChildren(el('p', { class: 'message' }, 'The code could not be loaded.'));
      toastProblem(problem);
    }
  };
  const showExpiry = (): void => {
    expiry.textContent = `${exactly(session.expiresAt)}, ${fromNow(session.expiresAt)}`;
  };

  const extend = button('Extend the session', () =>
    void whileBusy(extend, async () => {
      try {
        session.expiresAt = (await extendSession(session.sessionId)).expiresAt;
        showExpiry();
        await load();
        toast('Extended.');
      } catch (problem) {
        toastProblem(problem);
      }
    }),
  );

  showExpiry();
  void load();
  openDialog({
    title: 'Open on the phone',
    body: [
      frame,
      el('p', {}, 'Scan it with the Cockpit Coder app. The phone joins this session and sees the same shells.'),
      el('dl', {}, el('dt', {}, 'Session'), el('dd', {}, name), el('dt', {}, 'Repository'), el('dd', { class: 'path' }, session.repo), el('dt', {}, 'Valid until'), expiry),
      el('p', { class: 'hint' }, 'The code holds the key to this session. Show it to nobody you would not hand your keyboard to.'),
    ],
    actions: [extend],
    onClosed: () => URL.revokeObjectURL(image),
  });
}
