import { decodeData, encodeData, type DataFrame } from '../../src/pty/frames';

/** A WebSocket of which the test is the server. */
export class FakeSocket {
  readyState = 0;
  binaryType = 'blob';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly control: Record<string, unknown>[] = [];
  readonly input: DataFrame[] = [];

  send(data: string | ArrayBuffer): void {
    if (typeof data === 'string') this.control.push(JSON.parse(data));
    else this.input.push(decodeData(data));
  }

  close(): void {
    this.readyState = 3;
  }

  opens(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  says(frame: Record<string, unknown>): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  outputs(offset: number, text: string): void {
    this.onmessage?.({ data: encodeData({ offset, bytes: new TextEncoder().encode(text) }) });
  }

  attaches(values: Record<string, unknown> = {}): void {
    this.opens();
    this.says({ type: 'attached', terminal: 't1', from: 0, oldest: 0, head: 0, inputOffset: 0, cols: 80, rows: 24, window: 262_144, running: true, ...values });
  }

  closes(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}
