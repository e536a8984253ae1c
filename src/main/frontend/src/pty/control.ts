/** Control frames of `cockpit.pty.v1`, as the server sends them. */

export interface Size {
  cols: number;
  rows: number;
}

export interface Attached extends Size {
  type: 'attached';
  terminal: string;
  from: number;
  oldest: number;
  head: number;
  inputId: string;
  inputOffset: number;
  window: number;
  /** The server says something at least this often, in milliseconds. */
  heartbeat?: number;
  running: boolean;
}

/** One of those who look at the terminal. */
export interface Viewer {
  id: string;
  you: boolean;
  control: boolean;
  readOnly: boolean;
  name?: string;
}

export type ControlFrame =
  | Attached
  | { type: 'gap'; from: number; to: number }
  | Snapshot
  | { type: 'inputAck'; offset: number }
  | ({ type: 'size' } & Size)
  | { type: 'viewers'; viewers: Viewer[] }
  | { type: 'title'; title: string }
  | { type: 'exit'; code?: number; offset: number }
  | Notice
  | { type: 'error'; code: string; message: string };

/** What the screen shows. Output goes on at the offset. */
export interface Snapshot extends Size {
  type: 'snapshot';
  offset: number;
  /** Resets a terminal of this size, and draws. */
  text: string;
}

export interface Notice {
  type: 'notice';
  code: string;
  message: string;
  /** Milliseconds until the server ends the terminal. */
  endsIn?: number;
}

export interface Attach extends Partial<Size> {
  type: 'attach';
  terminal?: string;
  from?: number;
  inputId: string;
  name?: string;
  readOnly?: boolean;
  /** This client understands snapshots. */
  snapshot: true;
}

export function sameSize(a: Size | undefined, b: Size | undefined): boolean {
  return a?.cols === b?.cols && a?.rows === b?.rows;
}
