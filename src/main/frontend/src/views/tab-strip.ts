import { iconButton } from '../ui/button';
import { el } from '../ui/dom';

export interface TabLabel {
  key: string;
  title: string;
  ended: boolean;
}

interface TabHooks {
  select(key: string): void;
  close(key: string): void;
  add(): void;
}

/** The terminals of the session as tabs. Arrow keys move between them, Delete closes one. */
export class TabStrip {
  readonly element: HTMLElement;
  private readonly list = el('div', { class: 'tab-list', attrs: { role: 'tablist', 'aria-label': 'Terminals' } });
  private readonly hooks: TabHooks;

  constructor(hooks: TabHooks) {
    this.hooks = hooks;
    this.element = el('nav', { class: 'tabs', attrs: { 'aria-label': 'Terminals' } }, this.list, iconButton('plus', 'New terminal', () => hooks.add(), 'new-terminal'));
    this.list.addEventListener('keydown', (event) => this.keyPressed(event));
  }

  show(tabs: TabLabel[], selected: string | undefined): void {
    const focused = this.list.contains(document.activeElement);
    this.list.replaceChildren(...tabs.map((tab) => this.tab(tab, tab.key === selected, tabs.length > 1)));
    const current = this.list.querySelector<HTMLElement>('[aria-selected="true"]');
    if (focused) current?.focus();
    current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  focus(): void {
    this.list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  private tab({ key, title, ended }: TabLabel, selected: boolean, closable: boolean): HTMLElement {
    const tab = el(
      'button',
      {
        class: 'tab',
        testid: 'tab',
        attrs: { type: 'button', role: 'tab', 'aria-selected': String(selected), tabindex: selected ? 0 : -1, title, 'data-key': key, 'data-ended': ended },
        on: { click: () => this.hooks.select(key) },
      },
      el('span', { class: 'tab-title' }, title),
    );
    if (!closable) return tab;
    const close = iconButton('close', `Close ${title}`, () => this.hooks.close(key), 'close-tab');
    // A tab list may hold nothing but tabs; for the keyboard and for assistive technology there is Delete.
    close.tabIndex = -1;
    close.setAttribute('aria-hidden', 'true');
    tab.setAttribute('aria-keyshortcuts', 'Delete');
    return el('span', { class: 'tab-slot', attrs: { role: 'presentation' } }, tab, close);
  }

  private keyPressed(event: KeyboardEvent): void {
    const tabs = [...this.list.querySelectorAll<HTMLElement>('.tab')];
    const at = tabs.findIndex((tab) => tab === document.activeElement);
    if (at < 0) return;
    const key = tabs[at]?.dataset.key;
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      tabs.at(next % tabs.length)?.click();
    } else if (event.key === 'Delete' && key !== undefined && tabs.length > 1) {
      this.hooks.close(key);
    }
  }
}
