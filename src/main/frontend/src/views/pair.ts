import { pair } from '../api/operator';
import { Problem, messageOf } from '../api/problem';
import { operator } from '../store/credentials';
import { deviceName } from '../store/device-name';
import { formattedCode, normalizedCode } from '../store/pairing';
import { whileBusy } from '../ui/button';
import { el } from '../ui/dom';
import { themeButton } from '../ui/theme-button';
import { toast } from '../ui/toast';
import { brand } from './brand';
import type { View } from './view';

interface PairOptions {
  /** From the link the user came by. */
  code?: string | undefined;
  /** Why the user is here although this browser was paired before. */
  reason?: string | undefined;
  onPaired(): void;
}

/** Becoming an operator with the one-time code of the server. */
export function pairView({ code, reason, onPaired }: PairOptions): View {
  const field = el('input', {
    testid: 'pair-code',
    attrs: {
      id: 'pair-code',
      name: 'code',
      placeholder: 'XXXX-XXXX-XXXX-XXXX',
      autocomplete: 'one-time-code',
      autocapitalize: 'characters',
      autocorrect: 'off',
      spellcheck: 'false',
      enterkeyhint: 'go',
      'aria-describedby': 'pair-hint pair-message',
      'data-autofocus': true,
    },
  });
  const message = el('p', { class: 'message', testid: 'pair-message', attrs: { id: 'pair-message', role: 'alert' } });
  const submit = el('button', { class: 'button primary', testid: 'pair-submit', attrs: { type: 'submit' } }, 'Pair this browser');

  const say = (text: string): void => {
    message.textContent = text;
    field.setAttribute('aria-invalid', String(text !== ''));
  };

  const attempt = (complete: string): Promise<void> =>
    whileBusy(submit, async () => {
      say('');
      try {
        await pair(complete, deviceName());
        onPaired();
      } catch (problem) {
        if (complete === code && operator()) return stillPaired();
        await refused(problem, say);
        field.select();
      }
    });

  // An old pairing link, say from the history, in a browser that needs none.
  const stillPaired = (): void => {
    toast('The pairing link is used up. This browser is still paired.');
    onPaired();
  };

  const form = el(
    'form',
    {
      class: 'pair-form',
      attrs: { novalidate: true },
      on: {
        submit: (event) => {
          event.preventDefault();
          const complete = normalizedCode(field.value);
          if (complete) void attempt(complete);
          else say('The code has 16 letters and digits, in four groups.');
        },
      },
    },
    el('label', { attrs: { for: 'pair-code' } }, 'Pairing code'),
    field,
    el(
      'p',
      { class: 'hint', attrs: { id: 'pair-hint' } },
      'It stands in the terminal the server was started in, and in the file ',
      el('code', {}, '$COCKPIT_HOME/pairing-code'),
      ' on that machine. It works once.',
    ),
    submit,
    message,
  );
  field.addEventListener('change', () => (field.value = formattedCode(field.value)));

  if (code !== undefined) {
    field.value = formattedCode(code);
    void attempt(code);
  }

  return {
    title: 'Pair',
    element: el(
      'div',
      { class: 'page pair' },
      el('header', { class: 'page-header' }, brand(), themeButton()),
      el(
        'main',
        { class: 'pair-main' },
        el('h1', {}, 'Pair this browser'),
        el('p', { class: 'lead', testid: 'pair-lead' }, reason ?? 'Once paired, it can open shells on your repositories until you sign out.'),
        form,
      ),
    ),
  };
}

async function refused(problem: unknown, say: (text: string) => void): Promise<void> {
  const waitMs = problem instanceof Problem && problem.status === 429 ? (problem.retryAfterMs ?? 0) : 0;
  for (let left = Math.ceil(waitMs / 1000); left > 0; left--) {
    say(`Too many attempts. Try again in ${left} s.`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  say(waitMs > 0 ? 'You can try again now.' : messageOf(problem));
}
