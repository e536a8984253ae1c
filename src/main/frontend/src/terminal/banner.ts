import { button } from '../ui/button';
import { el } from '../ui/dom';
import { standing, type Action, type Facts } from './standing';

const LABELS: Record<Action, string> = {
  'new-shell': 'New shell',
  'keep-open': 'Keep open',
  'type-here': 'Type here',
  'take-over': 'Take over',
  'fit-here': 'Fit here',
};

/** A line below a terminal: what is to be known of it, with a button. A countdown goes on by itself. */
export class Banner {
  readonly element = el('div', { class: 'banner', testid: 'banner', attrs: { role: 'status' } });
  private readonly act: (action: Action) => void;
  private text = el('p', {});
  private action: Action | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(act: (action: Action) => void) {
    this.act = act;
  }

  show(facts: Facts): void {
    clearTimeout(this.timer);
    const now = standing(facts, Date.now());
    if (!now) {
      this.element.replaceChildren();
      return;
    }
    if (!this.element.firstChild || this.action !== now.action) {
      const { action } = now;
      this.action = action;
      this.element.replaceChildren(this.text, ...(action ? [this.button(action)] : []));
    }
    if (this.text.textContent !== now.text) this.text.textContent = now.text;
    this.element.classList.toggle('urgent', facts.ending !== undefined && facts.exit === undefined);
    if (facts.ending && !facts.exit) this.timer = setTimeout(() => this.show(facts), 1000);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private button(action: Action): HTMLElement {
    const primary = action === 'new-shell' || action === 'keep-open';
    return button(LABELS[action], () => this.act(action), { testid: action, ...(primary && { kind: 'primary' }) });
  }
}
