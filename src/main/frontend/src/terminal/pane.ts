import type { FitAddon } from '@xterm/addon-fit';
import type { Terminal } from '@xterm/xterm';
import { openPty } from '../api/session';
import type { LinkState } from '../net/link';
import { watchWake } from '../net/wake';
import { PtyClient } from '../pty/client';
import type { CloseReason } from '../pty/close-codes';
import { sameSize, type Attached, type Notice, type Size, type Viewer } from '../pty/control';
import { deviceName } from '../store/device-name';
import { followTheme } from '../store/theme';
import { el } from '../ui/dom';
import { Banner } from './banner';
import { followCursor } from './follow-cursor';
import { letProgramsCopy } from './osc52';
import { SharedSize } from './shared-size';
import type { Action, Facts } from './standing';
import { XtermScreen, isColorReport, isFocusReport, leaveQueriesToServer } from './xterm-screen';
import { applyTheme, cellsOf, coarsePointer, openTerminal, textOf, type Cells } from './xterm';

export interface PaneHooks {
  /** The title, the connection's state, or how it ended has changed. */
  changed(): void;
  attached(terminal: string): void;
  notice(message: string): void;
  closed(reason: CloseReason, message?: string): void;
  newShell(): void;
  /** Typed text on its way out: the key bar's modifiers apply here. */
  typed(text: string): string;
}

interface PaneOptions {
  session: string;
  /** Absent: the session's default terminal. */
  terminal?: string | undefined;
  /** Others are looking at it: its size stays theirs until somebody types here. */
  shared: boolean;
  hooks: PaneHooks;
}

const encoder = new TextEncoder();

/** One terminal on the page: xterm, its connection, and what is said about the two. */
export class TerminalPane {
  readonly element: HTMLElement;
  title = '';
  link: LinkState = { kind: 'connecting' };
  ended = false;
  viewers: Viewer[] = [];
  lookingOn = false;
  private exitCode: number | undefined;
  private ending: Facts['ending'];
  private readonly hooks: PaneHooks;
  private readonly host = el('div', { class: 'xterm-host', testid: 'terminal' });
  private readonly banner = new Banner((action) => this.act(action));
  private readonly term: Terminal;
  private readonly fit: FitAddon;
  private readonly screen: XtermScreen;
  private readonly client: PtyClient;
  private readonly size: SharedSize;
  private readonly observer: ResizeObserver;
  private readonly disposals: (() => void)[] = [];

  constructor(parent: HTMLElement, { session, terminal, shared, hooks }: PaneOptions) {
    this.hooks = hooks;
    this.size = new SharedSize(!shared);
    this.element = el('section', { class: 'pane', attrs: { role: 'tabpanel', 'aria-label': 'Terminal' } }, this.host, this.banner.element);
    parent.append(this.element);
    const { term, fit } = openTerminal(this.host);
    this.term = term;
    this.fit = fit;
    this.fit.fit();
    this.screen = new XtermScreen(term);
    this.client = new PtyClient({
      open: () => openPty(session),
      screen: this.screen,
      terminal,
      name: deviceName(),
      size: () => this.fitting(),
      onState: (state) => this.stateChanged(state),
      onAttached: (attached) => this.attached(attached),
      onSize: (size) => this.sizeTold(size),
      onTitle: (title) => {
        this.title = title;
        hooks.changed();
      },
      onViewers: (viewers) => this.viewersTold(viewers),
      onExit: (code) => this.exited(code),
      onNotice: (notice) => this.noticed(notice),
      onClosed: (reason, message) => hooks.closed(reason, message),
    });
    leaveQueriesToServer(term);
    letProgramsCopy(term, () => this.screen.replaying);
    term.onData((data) => this.data(data));
    term.onBinary((data) => this.client.type(Uint8Array.from(data, (character) => character.charCodeAt(0))));
    this.observer = new ResizeObserver(() => this.refit());
    this.observer.observe(this.host);
    this.disposals.push(watchWake(this.client), followTheme(() => applyTheme(term)), followCursor(term, this.host));
    this.client.start();
  }

  show(): void {
    this.element.hidden = false;
    this.refit();
    // On a phone focus brings up the keyboard, which is for the user to ask for.
    if (!coarsePointer()) this.focus();
  }

  hide(): void {
    this.element.hidden = true;
  }

  focus(): void {
    this.term.focus();
  }

  paste(text: string): void {
    this.term.paste(text);
  }

  send(sequence: string): void {
    this.typeHere(sequence);
  }

  get applicationCursor(): boolean {
    return this.term.modes.applicationCursorKeysMode;
  }

  get text(): string {
    return textOf(this.term);
  }

  get cells(): Cells {
    return cellsOf(this.term);
  }

  reconnect(): void {
    this.client.reconnect();
  }

  dispose(): void {
    this.disposals.forEach((dispose) => dispose());
    this.observer.disconnect();
    this.banner.dispose();
    this.client.stop();
    this.term.dispose();
    this.element.remove();
  }

  private data(data: string): void {
    if (isColorReport(data)) {
      // The server takes it from one viewer; it is no answer to what was asked before.
      if (!this.screen.replaying) this.client.type(encoder.encode(data));
      return;
    }
    if (isFocusReport(data)) {
      if (this.size.owned) this.client.type(encoder.encode(data));
      return;
    }
    this.typeHere(this.hooks.typed(data));
  }

  private typeHere(text: string): void {
    if (this.ended || this.lookingOn) return;
    if (!this.size.owned) this.claim();
    this.client.type(encoder.encode(text));
    this.term.scrollToBottom();
  }

  private attached(attached: Attached): void {
    this.size.attached({ cols: attached.cols, rows: attached.rows });
    this.ending = undefined;
    if (this.size.owned && !this.lookingOn) this.claim();
    else this.adopt(attached);
    this.hooks.attached(attached.terminal);
  }

  private claim(): void {
    const size = this.fitting();
    this.term.resize(size.cols, size.rows);
    if (this.size.claim(size)) this.client.resize(size);
    this.describe();
  }

  /** The terminal takes the size of this screen, until somebody else types. */
  takeOver(): void {
    this.claim();
    this.client.takeControl();
  }

  lookOn(on: boolean): void {
    this.lookingOn = on;
    this.size.controlled(false);
    this.term.options.disableStdin = on;
    this.client.lookOn(on);
    this.describe();
    this.hooks.changed();
  }

  private act(action: Action): void {
    if (action === 'new-shell') this.hooks.newShell();
    else if (action === 'type-here') this.lookOn(false);
    else this.takeOver();
  }

  private noticed({ code, message, endsIn }: Omit<Notice, 'type'>): void {
    if (endsIn !== undefined) this.ending = { code, message, at: Date.now() + endsIn };
    else if (code === 'STAYS') this.ending = undefined;
    else this.hooks.notice(message);
    this.describe();
  }

  private adopt({ cols, rows }: Size): void {
    this.term.resize(cols, rows);
    this.describe();
  }

  private sizeTold(size: Size): void {
    this.size.told(size);
    if (!this.size.owned) this.adopt(size);
  }

  private viewersTold(viewers: Viewer[]): void {
    this.viewers = viewers;
    const controller = viewers.find(({ control }) => control);
    if (controller) this.size.controlled(controller.you);
    this.describe();
    this.hooks.changed();
  }

  private refit(): void {
    if (this.host.clientHeight === 0) return;
    if (this.size.owned && !this.ended && !this.lookingOn) this.claim();
    else this.describe();
  }

  private fitting(): Size {
    return this.fit.proposeDimensions() ?? { cols: this.term.cols, rows: this.term.rows };
  }

  private stateChanged(state: LinkState): void {
    this.link = state;
    this.hooks.changed();
  }

  private exited(code: number | undefined): void {
    this.ended = true;
    this.exitCode = code;
    this.term.options.cursorBlink = false;
    this.term.options.disableStdin = true;
    this.describe();
    this.hooks.changed();
  }

  private describe(): void {
    const { current, owned } = this.size;
    this.banner.show({
      exit: this.ended ? { code: this.exitCode } : undefined,
      ending: this.ending,
      lookingOn: this.lookingOn,
      viewers: this.viewers,
      foreignSize: !owned && !sameSize(current, this.fitting()) ? current : undefined,
    });
  }
}
