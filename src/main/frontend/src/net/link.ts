import { Backoff } from './backoff';
import { Refused, RetryLater } from './refused';

export type Retry = 'never' | 'delayed' | 'at-once';

export type LinkState =
  | { kind: 'connecting' }
  | { kind: 'connected' }
  | { kind: 'reconnecting'; at: number }
  | { kind: 'offline' }
  | { kind: 'ended' };

export interface LinkOptions {
  /** Makes a new socket. Rejecting with `Refused` ends the link; anything else is tried again. */
  open(): Promise<WebSocket>;
  onOpen(): void;
  onMessage(data: string | ArrayBuffer): void;
  /** What the end of a socket means; called once for each. */
  onClose(code: number): Retry;
  onState(state: LinkState): void;
  onRefused?(reason: Refused): void;
}

const READY_WITHIN_MS = 12_000;

/** A WebSocket that comes back: one socket at a time, a growing delay between attempts, none of it visible to the protocol. */
export class Link {
  state: LinkState = { kind: 'connecting' };
  private readonly options: LinkOptions;
  private readonly backoff = new Backoff();
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private wasConnected = false;

  constructor(options: LinkOptions) {
    this.options = options;
  }

  start(): void {
    void this.connect();
  }

  /** To be called by the protocol when its own handshake is through. */
  ready(): void {
    clearTimeout(this.timer);
    this.backoff.ready();
    this.wasConnected = true;
    this.become({ kind: 'connected' });
  }

  send(data: string | ArrayBuffer): void {
    if (this.socket?.readyState === 1) this.socket.send(data);
  }

  /** The network or the page came back: do not wait any longer. A suspect socket is replaced at once. */
  wake(suspect: boolean): void {
    if (this.state.kind === 'ended') return;
    if (suspect || this.state.kind === 'reconnecting' || this.state.kind === 'offline') this.replace();
  }

  /** The browser says it is offline. The socket is kept: a server on this very machine still answers. */
  offline(): void {
    if (this.state.kind !== 'ended') this.become({ kind: 'offline' });
  }

  /** Drops the socket, whatever its state, and connects again. */
  replace(): void {
    this.abandon();
    void this.connect();
  }

  end(): void {
    this.abandon();
    this.become({ kind: 'ended' });
  }

  private async connect(): Promise<void> {
    const attempt = ++this.attempt;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.retry(false), READY_WITHIN_MS);
    if (this.state.kind !== 'offline') {
      this.become(this.wasConnected ? { kind: 'reconnecting', at: Date.now() } : { kind: 'connecting' });
    }
    try {
      const socket = await this.options.open();
      if (attempt === this.attempt) this.adopt(socket);
      else socket.close();
    } catch (reason) {
      if (attempt === this.attempt) this.failed(reason);
    }
  }

  private adopt(socket: WebSocket): void {
    this.socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.options.onOpen();
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (this.state.kind === 'offline' && this.wasConnected) this.ready();
      this.options.onMessage(data);
    };
    socket.onclose = ({ code }) => {
      this.abandon();
      const retry = this.options.onClose(code);
      if (retry === 'never') this.become({ kind: 'ended' });
      else this.retry(retry === 'delayed');
    };
  }

  private failed(reason: unknown): void {
    if (reason instanceof Refused) {
      this.end();
      this.options.onRefused?.(reason);
    } else {
      this.retry(true, reason instanceof RetryLater ? reason.afterMs : 0);
    }
  }

  private retry(patient: boolean, atLeastMs = 0): void {
    this.abandon();
    const delay = Math.max(this.backoff.next(patient), atLeastMs);
    this.become(navigator.onLine === false ? { kind: 'offline' } : { kind: 'reconnecting', at: Date.now() + delay });
    this.timer = setTimeout(() => void this.connect(), delay);
  }

  private abandon(): void {
    this.attempt++;
    clearTimeout(this.timer);
    const socket = this.socket;
    if (!socket) return;
    this.socket = undefined;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private become(state: LinkState): void {
    this.state = state;
    this.options.onState(state);
  }
}
