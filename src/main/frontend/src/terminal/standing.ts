import type { Size, Viewer } from '../pty/control';

export type Action = 'new-shell' | 'keep-open' | 'type-here' | 'take-over' | 'fit-here';

/** What there may be to say about a terminal. */
export interface Facts {
  exit?: { code: number | undefined } | undefined;
  /** The server's announcement that it ends the terminal, with the time it does so. */
  ending?: { code: string; message: string; at: number } | undefined;
  lookingOn: boolean;
  viewers: Viewer[];
  /** The terminal's size, where it is not the one that fits here. */
  foreignSize?: Size | undefined;
}

/** The one thing that is to be said now, and what can be done about it. */
export function standing({ exit, ending, lookingOn, viewers, foreignSize }: Facts, now: number): { text: string; action?: Action } | undefined {
  if (exit) {
    if (ending) return { text: ending.message, action: 'new-shell' };
    return { text: exit.code ? `The shell ended with code ${exit.code}.` : 'The shell ended.', action: 'new-shell' };
  }
  if (ending) {
    const seconds = Math.max(0, Math.ceil((ending.at - now) / 1000));
    const text = ending.message.replace(/\d+ s/, `${seconds} s`);
    return ending.code === 'IDLE' && seconds > 0 ? { text, action: 'keep-open' } : { text };
  }
  if (lookingOn) return { text: 'You look on: keys are not sent.', action: 'type-here' };
  const controller = viewers.find(({ control }) => control);
  const size = foreignSize && `Sized for a screen of ${foreignSize.cols} × ${foreignSize.rows}.`;
  if (controller && !controller.you) {
    return { text: [`${nameOf(controller)} is in control.`, size].filter(Boolean).join(' '), action: 'take-over' };
  }
  return size ? { text: size, action: 'fit-here' } : undefined;
}

export function nameOf({ name }: Viewer): string {
  return name ?? 'Somebody';
}
