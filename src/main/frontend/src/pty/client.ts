import { Link, type LinkState, type Retry } from '../net/link';
import { SessionOver } from '../net/refused';
import { closeReason, retryAfterClose, type CloseReason } from './close-codes';
import type { Attach, Attached, ControlFrame, Notice, Size, Snapshot, Viewer } from './control';
import { decodeData, encodeData } from './frames';
import { InputLog } from './input-log';
import { OutputCursor } from './output-cursor';

/** Where output is drawn. Everything happens in the order of the calls. */
export interface Screen {
  /** `replayed`: the bytes were there before this viewer attached, so queries in them are not to be answered. */
  write(bytes: Uint8Array, replayed: boolean, drawn: () => void): void;
  reset(): void;
  /** Shows this instead of all that was written. */
  restore(snapshot: Snapshot): void;
  /** Calls back when everything before it is drawn. */
  settled(then: () => void): void;
}

export interface PtyHandlers {
  onState(state: LinkState): void;
  onAttached(attached: Attached): void;
  onSize(size: Size): void;
  onTitle(title: string): void;
  /** Who looks at the terminal has changed, or who of them is in control. */
  onViewers(viewers: Viewer[]): void;
  /** `code`: absent when the server was killed while the shell ran. */
  onExit(code?: number): void;
  onNotice(notice: Omit<Notice, 'type'>): void;
  /** The link ended for good without the shell having ended. */
  onClosed(reason: CloseReason, message?: string): void;
}

export interface PtyOptions extends PtyHandlers {
  open(): Promise<WebSocket>;
  screen: Screen;
  /** Absent: the session's default terminal. */
  terminal?: string | undefined;
  /** What others are told of this viewer. */
  name: string;
  /** The size of a terminal this attach starts. */
  size(): Size;
}

/** So many heartbeats may be missed. */
const MAX_MISSED = 3;
const SILENCE_MS = 8_000;
const MAX_SILENCE_MS = 60_000;

/** One viewer of one terminal, speaking `cockpit.pty.v1` across as many connections as it takes. */
export class PtyClient {
  private readonly options: PtyOptions;
  private readonly link: Link;
  private readonly output = new OutputCursor();
  private input = new InputLog();
  private inputSent = 0;
  private terminal: string | undefined;
  private attached = false;
  private replayUntil = 0;
  private connection = 0;
  private lastError: { code: string; message: string } | undefined;
  private ended = false;
  private readOnly = false;
  private silenceMs = SILENCE_MS;
  private heartbeatMs = 0;
  private heartbeat: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PtyOptions) {
    this.options = options;
    this.terminal = options.terminal;
    this.link = new Link({
      open: options.open,
      onOpen: () => this.attach(),
      onMessage: (data) => {
        this.heard();
        if (typeof data === 'string') this.control(data);
        else this.data(data);
      },
      onClose: (code) => this.closed(code),
      onState: (state) => {
        if (state.kind !== 'connected' && state.kind !== 'offline') this.detached();
        options.onState(state);
      },
      onRefused: (reason) => options.onClosed(reason instanceof SessionOver ? 'session' : 'protocol', reason.message),
    });
  }

  start(): void {
    this.link.start();
  }

  stop(): void {
    this.link.end();
  }

  wake(suspect: boolean): void {
    this.link.wake(suspect);
  }

  offline(): void {
    this.link.offline();
  }

  type(bytes: Uint8Array): void {
    if (this.readOnly) return;
    this.input.append(bytes);
    if (this.attached) this.sendInput();
  }

  /** Starts again, after the end of the link too. */
  reconnect(): void {
    if (!this.ended) this.link.replace();
  }

  resize({ cols, rows }: Size): void {
    if (this.attached) this.send({ type: 'resize', cols, rows });
  }

  /** From the next connection on, which is made now, this viewer looks on and types nothing; or types again. */
  lookOn(readOnly: boolean): void {
    this.readOnly = readOnly;
    this.reconnect();
  }

  /** The terminal takes the size of this viewer, and nobody else's, until somebody else types. */
  takeControl(): void {
    if (this.attached) this.send({ type: 'control', take: true });
  }

  private attach(): void {
    this.detached();
    const attach: Attach = { type: 'attach', inputId: this.input.id, name: this.options.name, snapshot: true, ...this.options.size() };
    if (this.readOnly) attach.readOnly = true;
    if (this.terminal !== undefined) attach.terminal = this.terminal;
    if (this.output.next !== undefined) attach.from = this.output.next;
    this.send(attach);
  }

  private control(text: string): void {
    const frame = JSON.parse(text) as ControlFrame;
    switch (frame.type) {
      case 'attached':
        return this.begin(frame);
      case 'gap':
        this.output.skipTo(frame.to);
        this.options.screen.reset();
        return this.options.onNotice({ code: 'GAP', message: `${kib(frame.to - frame.from)} of older output is no longer kept.` });
      case 'snapshot':
        this.output.skipTo(frame.offset);
        return this.options.screen.restore(frame);
      case 'inputAck':
        return this.inputAcknowledged(frame.offset);
      case 'size':
        return this.options.onSize({ cols: frame.cols, rows: frame.rows });
      case 'title':
        return this.options.onTitle(frame.title);
      case 'viewers':
        return this.options.onViewers(frame.viewers);
      case 'exit':
        this.ended = true;
        return this.options.screen.settled(() => this.options.onExit(frame.code));
      case 'notice':
        return this.options.onNotice(frame);
      case 'error':
        this.lastError = frame;
        return;
    }
  }

  private begin(attached: Attached): void {
    if (!this.input.continuesAt(attached.inputOffset)) {
      this.forgetInput();
      return this.link.replace();
    }
    if (this.terminal !== undefined && this.terminal !== attached.terminal) this.options.screen.reset();
    this.terminal = attached.terminal;
    this.connection++;
    this.output.begin(attached.from, attached.window);
    this.replayUntil = attached.head;
    this.lastError = undefined;
    this.attached = true;
    this.heartbeatMs = attached.heartbeat ?? 0;
    this.heard();
    this.link.ready();
    this.options.onAttached(attached);
    this.input.acknowledge(attached.inputOffset);
    this.inputSent = attached.inputOffset;
    this.sendInput();
  }

  private data(frame: ArrayBuffer): void {
    const fresh = this.output.take(decodeData(frame));
    // A hole that no gap announced: the server has the bytes, so ask for them again.
    if (!fresh) return this.link.replace();
    const replayed = Math.max(0, Math.min(this.replayUntil - fresh.offset, fresh.bytes.length));
    this.draw(fresh.offset, fresh.bytes.subarray(0, replayed), true);
    this.draw(fresh.offset + replayed, fresh.bytes.subarray(replayed), false);
  }

  private draw(offset: number, bytes: Uint8Array, replayed: boolean): void {
    if (bytes.length === 0) return;
    const { connection } = this;
    this.options.screen.write(bytes, replayed, () => {
      if (connection !== this.connection) return;
      const acknowledge = this.output.drawn(offset + bytes.length);
      if (acknowledge !== undefined) this.send({ type: 'ack', offset: acknowledge });
    });
  }

  private sendInput(): void {
    for (const frame of this.input.framesFrom(this.inputSent)) {
      this.link.send(encodeData(frame));
      this.inputSent = frame.offset + frame.bytes.length;
    }
    if (this.input.pending && this.silence === undefined && this.heartbeatMs === 0) this.listenForAck();
  }

  private inputAcknowledged(offset: number): void {
    this.input.acknowledge(offset);
    this.silenceMs = SILENCE_MS;
    this.hushed();
    this.sendInput();
  }

  // A browser sees no pings: the server's heartbeat is how it learns that the link is dead.
  private heard(): void {
    clearTimeout(this.heartbeat);
    if (this.attached && this.heartbeatMs > 0) {
      this.heartbeat = setTimeout(() => this.link.replace(), MAX_MISSED * this.heartbeatMs);
    }
  }

  // Of a server without heartbeats a key that is never acknowledged is how it learns that. The patience grows,
  // because a program that does not read its input looks the same.
  private listenForAck(): void {
    this.silence = setTimeout(() => {
      this.silenceMs = Math.min(2 * this.silenceMs, MAX_SILENCE_MS);
      this.link.replace();
    }, this.silenceMs);
  }

  private hushed(): void {
    clearTimeout(this.silence);
    this.silence = undefined;
  }

  // The server does not know this input any more. Sending it under a new id could type it twice, so it is dropped, and said.
  private forgetInput(): void {
    this.input = new InputLog();
    this.options.onNotice({ code: 'INPUT_LOST', message: 'The last keys typed may not have arrived.' });
  }

  private detached(): void {
    this.attached = false;
    clearTimeout(this.heartbeat);
    this.hushed();
  }

  private closed(code: number): Retry {
    const error = this.lastError;
    this.lastError = undefined;
    if (error?.code === 'BAD_OFFSET' && !this.attached) {
      this.output.next = undefined;
      this.options.screen.reset();
      return 'at-once';
    }
    if (error?.code === 'INPUT_GAP') {
      this.forgetInput();
      return 'at-once';
    }
    const retry = retryAfterClose(code);
    if (retry === 'never' && !this.ended) {
      this.options.onClosed(closeReason(code), error?.message);
    }
    return retry;
  }

  private send(frame: object): void {
    this.link.send(JSON.stringify(frame));
  }
}

function kib(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`;
}
