import { Problem, messageOf } from '../api/problem';
import { el } from './dom';

const SHOWN_MS = 5_000;
const region = el('div', { class: 'toasts', attrs: { role: 'status', 'aria-live': 'polite' } });
document.body.append(region);

/** A line that says what happened and goes away by itself. */
export function toast(message: string, kind: 'plain' | 'danger' = 'plain'): void {
  const shown = el('p', { class: `toast ${kind}`, testid: 'toast' }, message);
  // The same thing said again takes the place of the first.
  for (const other of region.children) if (other.textContent === message) other.remove();
  // An open modal dialog makes everything outside of it inert and covers it.
  (document.querySelector('dialog[open]') ?? document.body).append(region);
  region.append(shown);
  setTimeout(() => shown.remove(), SHOWN_MS);
}

export function toastProblem(reason: unknown): void {
  // The way back to pairing says it better.
  if (reason instanceof Problem && reason.status === 401) return;
  toast(messageOf(reason), 'danger');
}
