const STEPS_MS = [0, 500, 1_000, 2_000, 4_000, 8_000, 15_000];

/** Growing delays between attempts; a connection must last a while before the count starts over. */
export class Backoff {
  private failures = 0;
  private readySince: number | undefined;

  ready(now = Date.now()): void {
    this.readySince = now;
  }

  /** The delay before the next attempt. `patient` skips the immediate one. */
  next(patient: boolean, now = Date.now()): number {
    if (this.readySince !== undefined && now - this.readySince > 5_000) this.failures = 0;
    this.readySince = undefined;
    if (patient && this.failures === 0) this.failures = 1;
    const step = STEPS_MS[Math.min(this.failures, STEPS_MS.length - 1)] ?? 0;
    this.failures++;
    return Math.round(step * (0.8 + 0.4 * Math.random()));
  }
}
