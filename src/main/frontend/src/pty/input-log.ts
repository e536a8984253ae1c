import { MAX_DATA_BYTES, type DataFrame } from './frames';

/** The server waits for a program that does not read with this much, and no more. */
const MAX_UNDER_WAY_BYTES = 1_048_576;

/** What was typed and is not acknowledged yet, addressed by offset, so that a reconnect can send it again. */
export class InputLog {
  readonly id = randomId();
  private start = 0;
  private kept = new Uint8Array();

  get end(): number {
    return this.start + this.kept.length;
  }

  get pending(): boolean {
    return this.kept.length > 0;
  }

  append(bytes: Uint8Array): void {
    const kept = new Uint8Array(this.kept.length + bytes.length);
    kept.set(this.kept);
    kept.set(bytes, this.kept.length);
    this.kept = kept;
  }

  acknowledge(offset: number): void {
    const taken = Math.min(offset, this.end) - this.start;
    if (taken <= 0) return;
    this.start += taken;
    this.kept = this.kept.subarray(taken);
  }

  /** Whether the server's idea of where input continues can be served from this log. */
  continuesAt(offset: number): boolean {
    return offset >= this.start && offset <= this.end;
  }

  /** What may be sent now, beginning at the offset. */
  *framesFrom(offset: number): Generator<DataFrame> {
    const end = Math.min(this.kept.length, MAX_UNDER_WAY_BYTES);
    for (let at = Math.max(offset - this.start, 0); at < end; at += MAX_DATA_BYTES) {
      yield { offset: this.start + at, bytes: this.kept.subarray(at, Math.min(at + MAX_DATA_BYTES, end)) };
    }
  }
}

// Not crypto.randomUUID: it does not exist on plain http, where a phone on the local network often is.
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
