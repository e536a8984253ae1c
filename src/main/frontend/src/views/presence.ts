import type { Viewer } from '../pty/control';
import { nameOf } from '../terminal/standing';
import { button } from '../ui/button';
import { openDialog } from '../ui/dialog';
import { el } from '../ui/dom';
import { icon } from '../ui/icons';

/** The terminal that is looked at, as far as it concerns who looks at it. */
export interface Watched {
  readonly viewers: Viewer[];
  readonly lookingOn: boolean;
  takeOver(): void;
  lookOn(on: boolean): void;
}

/** How many look at the terminal and which of them types; a tap shows all. */
export class Presence {
  private readonly label = el('span', {});
  readonly element = el(
    'button',
    { class: 'presence', testid: 'presence', attrs: { type: 'button', title: 'Who is here', hidden: true }, on: { click: () => this.open() } },
    icon('people'),
    this.label,
  );
  private readonly watched: () => Watched | undefined;
  private readonly list = el('ul', { class: 'viewers', testid: 'viewers' });
  private readonly actions = el('div', { class: 'row-actions' });

  constructor(watched: () => Watched | undefined) {
    this.watched = watched;
  }

  /** Shows how it is now. */
  refresh(): void {
    const { viewers, lookingOn } = this.watched() ?? { viewers: [], lookingOn: false };
    const controller = viewers.find(({ control }) => control);
    this.element.hidden = viewers.length < 2 && !lookingOn;
    this.element.dataset.control = !controller ? 'nobody' : controller.you ? 'you' : 'other';
    this.label.textContent = String(viewers.length);
    this.element.setAttribute('aria-label', `${viewers.length} here. ${controller ? `${whoIs(controller)} in control.` : 'Nobody is in control.'}`);
    this.list.replaceChildren(...viewers.map(row));
    this.actions.replaceChildren(
      lookingOn
        ? button('Type here', () => this.watched()?.lookOn(false), { testid: 'look-on-off' })
        : button('Only look on', () => this.watched()?.lookOn(true), { testid: 'look-on', kind: 'quiet' }),
      ...(lookingOn || controller?.you ? [] : [button('Take over', () => this.watched()?.takeOver(), { kind: 'primary', testid: 'take-over-here' })]),
    );
  }

  private open(): void {
    this.refresh();
    openDialog({
      title: 'Who is here',
      body: [this.list, el('p', { class: 'hint' }, 'Whoever types last is in control: the terminal takes the size of their screen.'), this.actions],
    });
  }
}

function whoIs(viewer: Viewer): string {
  return viewer.you ? 'You are' : `${nameOf(viewer)} is`;
}

function row(viewer: Viewer): HTMLElement {
  const state = viewer.control ? 'in control' : viewer.readOnly ? 'looks on' : '';
  return el('li', {}, el('span', {}, viewer.you ? `${nameOf(viewer)} (you)` : nameOf(viewer)), el('span', { class: viewer.control ? 'good' : 'hint' }, state));
}
