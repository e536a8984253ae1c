import { openEvents } from '../api/session';
import { Link } from '../net/link';
import { watchWake } from '../net/wake';
import { iconButton } from '../ui/button';
import { openDialog } from '../ui/dialog';
import { el } from '../ui/dom';

interface SessionEvent {
  seq: number;
  type: string;
  content?: string;
  at?: string;
  terminalId?: string;
}

/** What followed the last event is not there: everything that is follows, from the oldest on. */
interface Reset {
  type: 'reset';
  oldest: number;
  content: string;
}

const KEPT = 200;

/** The session's events: a drawer with a line for each, and a call back for those that concern a terminal. */
export class Activity {
  readonly toggle = iconButton('activity', 'Activity', () => this.open(), 'activity-button');
  private readonly list = el('ol', { class: 'activity', testid: 'activity' });
  private readonly empty = el('p', { class: 'hint' }, 'Nothing has happened yet.');
  private readonly link: Link;
  private readonly stopWatching: () => void;
  private seq = 0;

  constructor(session: string, onTerminalEvent: () => void) {
    this.link = new Link({
      open: () => openEvents(session, this.seq),
      onOpen: () => this.link.ready(),
      onMessage: (data) => {
        const event = JSON.parse(String(data)) as SessionEvent | Reset;
        if ('oldest' in event) {
          this.seq = (event as Reset).oldest - 1;
          this.add(event);
          return;
        }
        if (!(event.seq > this.seq)) return;
        this.seq = event.seq;
        this.add(event);
        if (event.terminalId) onTerminalEvent();
      },
      onClose: (code) => (code === 1008 || (code >= 4400 && code < 4500) ? 'never' : 'delayed'),
      onState: () => {},
    });
    this.stopWatching = watchWake(this.link);
    this.link.start();
  }

  dispose(): void {
    this.stopWatching();
    this.link.end();
  }

  private add({ type, content, at }: { type: string; content?: string; at?: string }): void {
    const when = at === undefined ? '' : new Date(at).toLocaleTimeString(undefined, { timeStyle: 'medium' });
    this.list.prepend(el('li', { class: type }, el('time', {}, when), el('span', {}, content ?? type)));
    this.empty.hidden = true;
    if (this.list.children.length > KEPT) this.list.lastChild?.remove();
  }

  private open(): void {
    openDialog({ title: 'Activity', kind: 'drawer', body: [this.empty, this.list] });
  }
}
