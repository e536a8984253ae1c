import type { DataFrame } from './frames';

/** Where this viewer is in the terminal's output, and what it has told the server about it. */
export class OutputCursor {
  /** The offset after the last byte handed to the screen; unknown before the first attach. */
  next: number | undefined;
  private acknowledged = 0;
  private window = 0;

  begin(from: number, window: number): void {
    this.next = from;
    this.acknowledged = from;
    this.window = window;
  }

  /** The part of the frame that is new; undefined when bytes before it are missing. */
  take({ offset, bytes }: DataFrame): DataFrame | undefined {
    const next = this.next ?? offset;
    if (offset > next) return undefined;
    const fresh = bytes.subarray(next - offset);
    this.next = next + fresh.length;
    return { offset: next, bytes: fresh };
  }

  skipTo(offset: number): void {
    this.next = offset;
  }

  /** The offset to acknowledge now that everything before it is drawn; undefined when it can wait. */
  drawn(offset: number): number | undefined {
    if (offset - this.acknowledged < this.window / 4) return undefined;
    this.acknowledged = offset;
    return offset;
  }
}
