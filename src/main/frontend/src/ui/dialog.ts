import { button, iconButton } from './button';
import { el } from './dom';

interface DialogOptions {
  title: string;
  body: (Node | string)[];
  actions?: HTMLElement[];
  kind?: 'drawer';
  onClosed?: () => void;
}

export interface Dialog {
  close(): void;
}

/** A modal dialog, closed by Escape, its button, or a tap beside it. */
export function openDialog({ title, body, actions = [], kind, onClosed }: DialogOptions): Dialog {
  const dialog = el(
    'dialog',
    { class: kind ?? '', attrs: { 'aria-label': title } },
    el(
      'div',
      { class: 'dialog' },
      el('header', {}, el('h2', {}, title), iconButton('close', 'Close', () => dialog.close())),
      el('div', { class: 'dialog-body' }, ...body),
      actions.length > 0 && el('footer', {}, ...actions),
    ),
  );
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    // The toasts may be in here.
    document.body.append(...dialog.querySelectorAll('.toasts'));
    dialog.remove();
    onClosed?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return { close: () => dialog.close() };
}

/** Asks before something that cannot be taken back. */
export function confirmed(title: string, text: string, action: string, kind: 'danger' | 'primary' = 'danger'): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = false;
    const dialog = openDialog({
      title,
      body: [el('p', {}, text)],
      actions: [
        button('Cancel', () => dialog.close(), { kind: 'quiet', autofocus: true }),
        button(
          action,
          () => {
            answer = true;
            dialog.close();
          },
          { kind, testid: 'confirm' },
        ),
      ],
      onClosed: () => resolve(answer),
    });
  });
}
