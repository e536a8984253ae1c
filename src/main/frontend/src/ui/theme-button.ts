import { choose, theme, type Theme } from '../store/theme';
import { iconButton } from './button';
import { icon, type IconName } from './icons';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const ICON: Record<Theme, IconName> = { system: 'screen', light: 'sun', dark: 'moon' };
const NAME: Record<Theme, string> = { system: 'as the system', light: 'light', dark: 'dark' };

export function themeButton(): HTMLButtonElement {
  const show = (): void => {
    const label = `Theme: ${NAME[theme()]}`;
    toggle.setAttribute('aria-label', label);
    toggle.title = label;
    toggle.replaceChildren(icon(ICON[theme()]));
  };
  const toggle = iconButton(
    'screen',
    '',
    () => {
      choose(NEXT[theme()]);
      show();
    },
    'theme-toggle',
  );
  show();
  return toggle;
}
