import type { LinkState } from '../net/link';
import { el } from '../ui/dom';

/** The state of the connection in words, with a countdown while it waits. A tap tries at once. */
export class ConnectionState {
  private readonly label = el('span', {});
  readonly element = el(
    'button',
    {
      class: 'connection-state',
      testid: 'connection-state',
      attrs: { type: 'button', 'data-state': 'connecting', 'aria-live': 'polite' },
      on: { click: () => this.retry() },
    },
    el('span', { class: 'dot' }),
    this.label,
  );
  private readonly retry: () => void;
  private countdown: ReturnType<typeof setInterval> | undefined;

  constructor(retry: () => void) {
    this.retry = retry;
  }

  /** `ended`: what to say when the link has ended; `retriable`: whether it makes sense to try again then. */
  show(state: LinkState, ended: string, retriable: boolean): void {
    clearInterval(this.countdown);
    this.element.dataset.state = state.kind;
    this.element.disabled = state.kind === 'connecting' || state.kind === 'connected' || (state.kind === 'ended' && !retriable);
    this.element.title = this.element.disabled ? '' : 'Reconnect now';
    const say = (): void => {
      this.label.textContent = labelOf(state, ended);
    };
    say();
    if (state.kind === 'reconnecting') this.countdown = setInterval(say, 500);
  }

  dispose(): void {
    clearInterval(this.countdown);
  }
}

function labelOf(state: LinkState, ended: string): string {
  switch (state.kind) {
    case 'connecting':
      return 'Connecting';
    case 'connected':
      return 'Connected';
    case 'offline':
      return 'Offline';
    case 'ended':
      return ended;
    case 'reconnecting': {
      const seconds = Math.ceil((state.at - Date.now()) / 1000);
      return seconds > 0 ? `Reconnecting in ${seconds} s` : 'Reconnecting';
    }
  }
}
