import { sameSize, type Size } from '../pty/control';

/**
 * Whose size the terminal has. It follows the viewer that typed last, so that looking at a shell from a phone does not
 * rearrange it on the desk.
 */
export class SharedSize {
  /** The size the server last spoke of. */
  current: Size | undefined;
  private sent: Size[] = [];
  owned: boolean;

  constructor(owned: boolean) {
    this.owned = owned;
  }

  /** After a (re)connect. Somebody else's size by now means that it is theirs. */
  attached(size: Size): void {
    const mine = this.sent.at(-1) ?? this.current;
    if (this.current !== undefined && !sameSize(size, mine)) this.owned = false;
    this.current = size;
    this.sent = [];
  }

  /** Whether the size has to be sent. */
  claim(size: Size): boolean {
    const again = this.owned;
    this.owned = true;
    if (again && sameSize(this.sent.at(-1) ?? this.current, size)) return false;
    this.sent.push(size);
    return true;
  }

  /** The server's word on who is in control, if anybody is. */
  controlled(byMe: boolean): void {
    this.owned = byMe;
  }

  /** The server's word on the size: the echo of a claim, or another viewer's. */
  told(size: Size): void {
    this.current = size;
    const echo = this.sent.findIndex((sent) => sameSize(sent, size));
    if (echo >= 0) this.sent.splice(0, echo + 1);
    else {
      this.owned = false;
      this.sent = [];
    }
  }
}
