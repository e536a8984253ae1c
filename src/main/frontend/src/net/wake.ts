export interface Sleeper {
  wake(suspect: boolean): void;
  offline(): void;
}

// A phone freezes a hidden page and lets its sockets die without a word; after this long they are not to be trusted.
const SUSPECT_AFTER_MS = 20_000;

/** Tells the sleeper when the page or the network comes back. Returns the way to stop. */
export function watchWake(sleeper: Sleeper): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let hiddenSince: number | undefined = document.hidden ? Date.now() : undefined;

  addEventListener('online', () => sleeper.wake(true), { signal });
  addEventListener('offline', () => sleeper.offline(), { signal });
  addEventListener('pageshow', ({ persisted }) => sleeper.wake(persisted), { signal });
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.hidden) {
        hiddenSince = Date.now();
      } else {
        sleeper.wake(hiddenSince !== undefined && Date.now() - hiddenSince > SUSPECT_AFTER_MS);
        hiddenSince = undefined;
      }
    },
    { signal },
  );
  return () => stop.abort();
}
