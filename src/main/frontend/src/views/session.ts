import * as operator from '../api/operator';
import { messageOf } from '../api/problem';
import { closeTerminal, newTerminal, sessionOf, terminals } from '../api/session';
import type { Repo, Session, Terminal } from '../api/types';
import { SessionOver } from '../net/refused';
import { forgetSession } from '../store/credentials';
import { routeHash } from '../store/route';
import { TerminalPane, type PaneHooks } from '../terminal/pane';
import type { Cells } from '../terminal/xterm';
import { button, iconButton } from '../ui/button';
import { confirmed } from '../ui/dialog';
import { el } from '../ui/dom';
import { icon } from '../ui/icons';
import { themeButton } from '../ui/theme-button';
import { toast, toastProblem } from '../ui/toast';
import { Activity } from './activity';
import { ConnectionState } from './connection-state';
import { KeyBar } from './key-bar';
import { openQrDialog } from './qr-dialog';
import { Presence } from './presence';
import { TabStrip } from './tab-strip';
import { openTextDialog, pasteInto } from './text-dialogs';
import type { Navigate, View } from './view';

const DISCONNECTED = 'The server closed the connection to this terminal.';

/** A terminal of the session; its pane is made when it is first looked at. */
interface Tab {
  key: string;
  number: number;
  /** Unknown while the default terminal is being started. */
  terminal: string | undefined;
  viewers: number;
  running: boolean;
  /** As the server last knew it; the pane knows better. */
  title: string | undefined;
  pane?: TerminalPane;
}

/** A session: its terminals fill the screen. */
export class SessionView implements View {
  title = 'Session';
  readonly element: HTMLElement;
  private readonly id: string;
  private readonly navigate: Navigate;
  private readonly name = el('h1', {}, '\u00a0');
  private readonly branch = el('span', { class: 'branch' });
  private readonly panes = el('main', { class: 'panes' });
  private readonly state = new ConnectionState(() => this.current?.pane?.reconnect());
  private readonly presence = new Presence(() => this.current?.pane);
  private readonly strip: TabStrip;
  private readonly keyBar: KeyBar;
  private readonly activity: Activity;
  private tabs: Tab[] = [];
  private current: Tab | undefined;
  private session: Session | undefined;
  private numbered = 0;
  private changes = 0;
  private changing = 0;
  private over = false;

  constructor(id: string, terminal: string | undefined, navigate: Navigate) {
    this.id = id;
    this.navigate = navigate;
    this.strip = new TabStrip({
      select: (key) => this.select(key),
      close: (key) => void this.close(key),
      add: () => void this.add(),
    });
    this.keyBar = new KeyBar(
      () => this.current?.pane,
      [
        iconButton('paste', 'Paste', () => void pasteInto((text) => this.current?.pane?.paste(text))),
        iconButton('text', 'Show as text', () => openTextDialog(this.terminalText()), 'show-text'),
      ],
    );
    this.activity = new Activity(id, () => void this.refreshTerminals());
    this.element = el('div', { class: 'session' }, this.header(), this.panes, this.keyBar.element);
    this.element.addEventListener('keydown', (event) => this.shortcut(event), { capture: true });
    void this.load(terminal);
  }

  terminalText(): string {
    return this.current?.pane?.text ?? '';
  }

  terminalCells(): Cells | undefined {
    return this.current?.pane?.cells;
  }

  dispose(): void {
    this.tabs.forEach(({ pane }) => pane?.dispose());
    this.activity.dispose();
    this.state.dispose();
  }

  private header(): HTMLElement {
    return el(
      'header',
      { class: 'session-header' },
      iconButton('back', 'Back to the repositories', () => this.navigate('#/'), 'back'),
      el('div', { class: 'session-name' }, this.name, el('p', {}, this.branch, this.state.element, this.presence.element)),
      this.strip.element,
      el(
        'div',
        { class: 'session-actions' },
        this.activity.toggle,
        themeButton(),
        iconButton('qr', 'Open on the phone', () => this.session && openQrDialog(this.session, this.name.textContent ?? ''), 'qr-button'),
        iconButton('stop', 'End the session', () => void this.end(), 'end-session'),
      ),
    );
  }

  private async load(terminal: string | undefined): Promise<void> {
    try {
      const [session, known] = await Promise.all([sessionOf(this.id), terminals(this.id)]);
      this.describe(session, undefined);
      void operator.repos().then((repos) => this.describe(session, repos.find(({ path }) => path === session.repo)), () => {});
      this.tabs = known.map((each) => this.tab(each));
      if (this.tabs.length === 0) this.tabs.push(this.tab());
      this.select((this.tabs.find((tab) => tab.terminal === terminal) ?? this.tabs.find(({ running }) => running) ?? this.tabs[0])?.key);
    } catch (problem) {
      if (problem instanceof SessionOver) this.sessionOver();
      else this.unreachable(problem, terminal);
    }
  }

  private describe(session: Session, repo: Repo | undefined): void {
    this.session = session;
    this.title = session.label || repo?.name || session.repo.split('/').at(-1) || session.repo;
    this.name.textContent = this.title;
    this.name.title = session.repo;
    document.title = `${this.title} · Cockpit Coder`;
    this.branch.replaceChildren(...(repo ? [icon('branch'), el('span', {}, repo.branch ?? 'detached')] : []));
  }

  private tab(terminal?: Terminal): Tab {
    const number = ++this.numbered;
    return {
      key: String(number),
      number,
      terminal: terminal?.id,
      viewers: terminal?.viewers ?? 0,
      running: terminal?.running ?? true,
      title: terminal?.title,
    };
  }

  private select(key: string | undefined): void {
    const tab = this.tabs.find((each) => each.key === key);
    if (!tab) return;
    this.current?.pane?.hide();
    this.current = tab;
    tab.pane ??= this.pane(tab);
    tab.pane.show();
    this.remember(tab);
    this.render();
  }

  private pane(tab: Tab): TerminalPane {
    const hooks: PaneHooks = {
      changed: () => this.render(),
      attached: (terminal) => {
        tab.terminal = terminal;
        if (tab === this.current) this.remember(tab);
      },
      notice: (message) => toast(message),
      closed: (reason, message) => {
        if (reason === 'session') void this.verify(message);
        else if (reason === 'terminal') this.drop(tab);
        else toast(message ?? DISCONNECTED, 'danger');
      },
      newShell: () => void this.replace(tab),
      typed: (text) => this.keyBar.apply(text),
    };
    return new TerminalPane(this.panes, { session: this.id, terminal: tab.terminal, shared: tab.viewers > 0, hooks });
  }

  private render(): void {
    const tabs = this.tabs.map(({ key, number, pane, running, title }) => ({
      key,
      title: pane?.title || title || `Shell ${number}`,
      ended: !running || (pane?.ended ?? false),
    }));
    this.strip.show(tabs, this.current?.key);
    const pane = this.current?.pane;
    this.presence.refresh();
    if (this.over) this.state.show({ kind: 'ended' }, 'Session ended', false);
    else if (pane?.ended) this.state.show(pane.link, 'Shell ended', false);
    else if (pane) this.state.show(pane.link, 'Disconnected', true);
  }

  private remember({ terminal }: Tab): void {
    const hash = routeHash(terminal === undefined ? { at: 'session', id: this.id } : { at: 'session', id: this.id, terminal });
    // replaceState, so that the back button leaves the session instead of going through its tabs.
    history.replaceState(null, '', hash);
  }

  private add(): Promise<void> {
    return this.change(async () => {
      await this.addTab();
    });
  }

  private replace(ended: Tab): Promise<void> {
    return this.change(async () => {
      await this.addTab();
      this.drop(ended);
      if (ended.terminal !== undefined) await closeTerminal(this.id, ended.terminal);
    });
  }

  private async close(key: string): Promise<void> {
    const tab = this.tabs.find((each) => each.key === key);
    if (!tab) return;
    const running = tab.running && !tab.pane?.ended;
    if (running && !(await confirmed('Close this terminal?', 'Its shell and what runs in it are stopped.', 'Close terminal'))) return;
    await this.change(async () => {
      if (tab.terminal !== undefined) await closeTerminal(this.id, tab.terminal);
      this.drop(tab);
    });
  }

  private async addTab(): Promise<void> {
    const tab = this.tab(await newTerminal(this.id, { cols: 80, rows: 24 }));
    this.tabs.push(tab);
    this.select(tab.key);
  }

  /** Changes the terminals; a list of them that was asked for in the meantime is out of date. */
  private async change(work: () => Promise<void>): Promise<void> {
    this.changing++;
    try {
      await work();
    } catch (problem) {
      toastProblem(problem);
    } finally {
      this.changing--;
      this.changes++;
    }
    await this.refreshTerminals();
  }

  private drop(tab: Tab): void {
    const at = this.tabs.indexOf(tab);
    if (at < 0) return;
    this.tabs.splice(at, 1);
    tab.pane?.dispose();
    if (this.current === tab) {
      this.current = undefined;
      if (this.tabs.length === 0) this.tabs.push(this.tab());
      this.select((this.tabs[at] ?? this.tabs.at(-1))?.key);
    } else {
      this.render();
    }
  }

  // Terminals come and go on other devices too.
  private async refreshTerminals(): Promise<void> {
    const { changes } = this;
    const known = await terminals(this.id).catch(() => undefined);
    if (!known || this.over || this.changing > 0 || changes !== this.changes) return;
    const shown = new Set(this.tabs.map(({ terminal }) => terminal));
    if (shown.has(undefined)) return;
    for (const terminal of known) if (!shown.has(terminal.id)) this.tabs.push(this.tab(terminal));
    const alive = new Set(known.map(({ id }) => id));
    for (const tab of [...this.tabs]) if (!alive.has(tab.terminal ?? '') && !tab.pane) this.drop(tab);
    this.render();
  }

  private async end(): Promise<void> {
    if (!(await confirmed('End this session?', 'Its shells and what runs in them are stopped.', 'End session'))) return;
    try {
      await operator.endSession(this.id);
      this.navigate('#/');
    } catch (problem) {
      toastProblem(problem);
    }
  }

  // The server closes with the same code when the session ends and when a client breaks the rules.
  private async verify(message: string | undefined): Promise<void> {
    try {
      await sessionOf(this.id);
      toast(message ?? DISCONNECTED, 'danger');
    } catch (problem) {
      if (problem instanceof SessionOver) this.sessionOver();
      else toastProblem(problem);
    }
  }

  private sessionOver(): void {
    if (this.over) return;
    this.over = true;
    forgetSession(this.id);
    this.activity.dispose();
    this.element.classList.add('over');
    this.element.append(
      el(
        'div',
        { class: 'banner over-banner', testid: 'session-over', attrs: { role: 'alert' } },
        el('p', {}, 'This session has ended.'),
        button('Back to the repositories', () => this.navigate('#/'), { kind: 'primary' }),
      ),
    );
    this.render();
  }

  private unreachable(problem: unknown, terminal: string | undefined): void {
    const notice = el(
      'div',
      { class: 'empty', attrs: { role: 'alert' } },
      el('p', {}, messageOf(problem)),
      button('Try again', () => {
        notice.remove();
        void this.load(terminal);
      }),
    );
    this.panes.append(notice);
  }

  // Tab belongs to the shell, so the keyboard needs another way out of the terminal.
  private shortcut(event: KeyboardEvent): void {
    if (event.key !== 'F6' || !event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.panes.contains(document.activeElement)) this.strip.focus();
    else this.current?.pane?.focus();
  }
}
