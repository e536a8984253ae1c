/** What fills the page at a route. */
export interface View {
  element: HTMLElement;
  title: string;
  dispose?(): void;
  terminalText?(): string;
}

export type Navigate = (hash: string) => void;
