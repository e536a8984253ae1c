import { whenUnauthorized } from './api/operator';
import { forgetEverything, operator } from './store/credentials';
import { pairingCodeIn } from './store/pairing';
import { parseRoute } from './store/route';
import { homeView } from './views/home';
import { pairView } from './views/pair';
import type { Cells } from './terminal/xterm';
import type { View } from './views/view';

const EXPIRED = 'The access of this browser has ended. Pair it again to go on; your sessions are still there.';

/** Shows the view the address asks for, and the pairing in front of it while there is no operator. */
export class App {
  private readonly root: HTMLElement;
  private view: View | undefined;
  private shown = 0;

  constructor(root: HTMLElement) {
    this.root = root;
    whenUnauthorized(() => {
      if (!operator()) return;
      forgetEverything();
      this.pair(undefined, EXPIRED);
    });
    addEventListener('hashchange', () => void this.route());
  }

  async route(): Promise<void> {
    const code = takePairingCode();
    if (code !== undefined || !operator()) return this.pair(code);
    const route = parseRoute(location.hash);
    const turn = ++this.shown;
    if (route.at === 'home') return this.show(homeView(navigate, () => this.pair()));
    const { SessionView } = await import('./views/session');
    // The user may have gone elsewhere while it loaded.
    if (turn === this.shown) this.show(new SessionView(route.id, route.terminal, navigate));
  }

  private pair(code?: string, reason?: string): void {
    this.shown++;
    this.show(pairView({ code, reason, onPaired: () => void this.route() }));
  }

  private show(view: View): void {
    this.view?.dispose?.();
    this.view = view;
    this.root.replaceChildren(view.element);
    document.title = `${view.title} · Cockpit Coder`;
    view.element.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }

  terminalText(): string {
    return this.view?.terminalText?.() ?? '';
  }

  terminalCells(): Cells | undefined {
    return this.view?.terminalCells?.();
  }
}

function navigate(hash: string): void {
  location.hash = hash;
}

// The code is a key: out of the address bar and the history before anything else.
function takePairingCode(): string | undefined {
  const code = pairingCodeIn(location.hash);
  if (code !== undefined) history.replaceState(null, '', location.pathname + location.search);
  return code;
}
