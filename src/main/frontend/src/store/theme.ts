/** The chosen theme: the system's, unless the user says otherwise. public/theme.js applies it before the first paint. */

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'cockpit.theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

export function theme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

export function isDark(): boolean {
  return theme() === 'system' ? systemDark.matches : theme() === 'dark';
}

export function choose(chosen: Theme): void {
  try {
    if (chosen === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, chosen);
  } catch {
    // Storage is off: the choice lasts until the page is left.
  }
  if (chosen === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  changed();
}

/** Calls back now and whenever light and dark change places. Returns the way to stop. */
export function followTheme(listener: () => void): () => void {
  listener();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(): void {
  listeners.forEach((listener) => listener());
}

systemDark.addEventListener('change', changed);
