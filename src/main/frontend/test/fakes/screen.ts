import type { Screen } from '../../src/pty/client';
import type { Snapshot } from '../../src/pty/control';

/** A screen that keeps what was drawn, and draws when the test says so. */
export class FakeScreen implements Screen {
  text = '';
  replayed = '';
  held: (() => void)[] | undefined;

  write(bytes: Uint8Array, replayed: boolean, drawn: () => void): void {
    const text = new TextDecoder().decode(bytes);
    this.text += text;
    if (replayed) this.replayed += text;
    if (this.held) this.held.push(drawn);
    else drawn();
  }

  restore({ text }: Snapshot): void {
    this.text = text;
  }

  reset(): void {
    this.text = '';
  }

  settled(then: () => void): void {
    then();
  }
}
