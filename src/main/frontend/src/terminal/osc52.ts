import type { Terminal } from '@xterm/xterm';
import { copy } from '../ui/clipboard';

const MAX_BASE64 = 1_400_000;

/** Lets programs copy (OSC 52), but never read the clipboard, and not when their output is only replayed. */
export function letProgramsCopy(term: Terminal, replaying: () => boolean): void {
  term.parser.registerOscHandler(52, (data) => {
    const encoded = data.slice(data.indexOf(';') + 1);
    if (encoded !== '?' && encoded.length <= MAX_BASE64 && !replaying()) {
      const text = decoded(encoded);
      if (text) void copy(text);
    }
    return true;
  });
}

function decoded(base64: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
