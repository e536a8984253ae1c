import { App } from './app';
import { followVisualViewport } from './ui/visual-viewport';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/dialog.css';
import './styles/pages.css';
import './styles/session.css';

const app = new App(document.querySelector<HTMLElement>('#app') ?? document.body);
followVisualViewport();
void app.route();

declare global {
  interface Window {
    /** For browser tests: what the terminal in view shows. */
    __cockpit?: { terminalText(): string; terminalCells(): unknown };
  }
}
window.__cockpit = Object.freeze({ terminalText: () => app.terminalText(), terminalCells: () => app.terminalCells() });
