import { FitAddon } from '@xterm/addon-fit';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { isDark } from '../store/theme';
import { copy } from '../ui/clipboard';
import { confirmed } from '../ui/dialog';
import { withConstructedStyles } from './csp';
import { dark, light } from './themes';
import { scrollByTouch } from './touch-scroll';

const FONTS =
  'ui-monospace, "SF Mono", SFMono-Regular, "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace';

export const coarsePointer = (): boolean => matchMedia('(pointer: coarse)').matches;

/** An xterm in the host element, set up as the console wants it. */
export function openTerminal(host: HTMLElement): { term: Terminal; fit: FitAddon } {
  const term = new Terminal({
    allowProposedApi: true,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    fontFamily: FONTS,
    fontSize: coarsePointer() ? 13 : 14,
    lineHeight: 1.2,
    linkHandler: { activate: (_, uri) => void follow(uri) },
    macOptionClickForcesSelection: true,
    minimumContrastRatio: 4.5,
    scrollback: 10_000,
    theme: isDark() ? dark : light,
  });
  const fit = new FitAddon();
  term.loadAddon(fit);
  term.loadAddon(new Unicode11Addon());
  term.unicode.activeVersion = '11';
  term.loadAddon(new WebLinksAddon((_, uri) => openTab(uri)));
  withConstructedStyles(() => term.open(host));
  scrollByTouch(term, host);
  term.attachCustomKeyEventHandler((event) => !copied(term, event));
  return { term, fit };
}

export function applyTheme(term: Terminal): void {
  term.options.theme = isDark() ? dark : light;
}

/** All of the buffer as text, wrapped lines joined. */
export function textOf(term: Terminal): string {
  const buffer = term.buffer.active;
  let text = '';
  for (let y = 0; y < buffer.length; y++) {
    const line = buffer.getLine(y);
    if (!line) continue;
    const continues = buffer.getLine(y + 1)?.isWrapped ?? false;
    text += line.translateToString(!continues) + (continues ? '' : '\n');
  }
  return text.trimEnd();
}

/** What the screen shows, without what was scrolled out of it. */
export interface Cells {
  cols: number;
  lines: string[];
  cursor: [number, number];
}

export function cellsOf(term: Terminal): Cells {
  const { active } = term.buffer;
  const lines = Array.from({ length: term.rows }, (_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? '');
  return { cols: term.cols, lines, cursor: [active.cursorX, active.cursorY] };
}

function copied(term: Terminal, event: KeyboardEvent): boolean {
  const shortcut = event.ctrlKey && event.shiftKey && event.code === 'KeyC';
  if (!shortcut || event.type !== 'keydown' || !term.hasSelection()) return false;
  event.preventDefault();
  void copy(term.getSelection());
  return true;
}

// The text of an OSC 8 link says nothing about where it leads.
async function follow(uri: string): Promise<void> {
  if (/^https?:/i.test(uri) && (await confirmed('Open this link?', uri, 'Open', 'primary'))) openTab(uri);
}

function openTab(uri: string): void {
  window.open(uri, '_blank', 'noopener,noreferrer');
}
