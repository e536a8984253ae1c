const CODE_LETTERS = 16;

/** The pairing code in a link's fragment (`#pair=<code>`), if there is one. */
export function pairingCodeIn(hash: string): string | undefined {
  const code = /^#pair=(.+)$/.exec(hash)?.[1];
  if (code === undefined) return undefined;
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}

/** The code as the server writes it, however it was typed; undefined while it is not complete. */
export function normalizedCode(typed: string): string | undefined {
  const letters = lettersOf(typed);
  return letters.length === CODE_LETTERS ? grouped(letters) : undefined;
}

/** What has been typed so far, in groups of four. */
export function formattedCode(typed: string): string {
  return grouped(lettersOf(typed).slice(0, CODE_LETTERS));
}

function lettersOf(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

function grouped(letters: string): string {
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}
