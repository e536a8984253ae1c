/** The server will not have this connection, now or later. */
export class Refused extends Error {}

/** The session the connection belongs to is gone. */
export class SessionOver extends Refused {}

/** The server asks for a pause before the next attempt. */
export class RetryLater extends Error {
  readonly afterMs: number;

  constructor(afterMs: number) {
    super(`retry after ${afterMs} ms`);
    this.afterMs = afterMs;
  }
}
