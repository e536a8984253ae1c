import type { Cells } from '../terminal/xterm';

/** What fills the page at a route. */
export interface View {
  element: HTMLElement;
  title: string;
  dispose?(): void;
  terminalText?(): string;
  terminalCells?(): Cells | undefined;
}

export type Navigate = (hash: string) => void;
