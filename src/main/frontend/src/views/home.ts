import * as operator from '../api/operator';
import { messageOf } from '../api/problem';
import type { Repo, Session } from '../api/types';
import { forgetEverything } from '../store/credentials';
import { routeHash } from '../store/route';
import { button, iconButton, whileBusy } from '../ui/button';
import { confirmed } from '../ui/dialog';
import { el } from '../ui/dom';
import { icon } from '../ui/icons';
import { themeButton } from '../ui/theme-button';
import { exactly, fromNow } from '../ui/time';
import { toastProblem } from '../ui/toast';
import { brand } from './brand';
import { openPairDeviceDialog } from './pair-device-dialog';
import type { Navigate, View } from './view';

/** The sessions there are, and the repositories a new one can be opened on. */
export function homeView(navigate: Navigate, onSignedOut: () => void): View {
  const sessions = el('div', { class: 'session-list' });
  const repos = el('div', { class: 'repo-grid' }, ...Array.from({ length: 3 }, () => el('div', { class: 'card skeleton' })));
  const sessionSection = section('Sessions', sessions);
  sessionSection.hidden = true;
  const main = el('main', {}, el('h1', { class: 'offscreen' }, 'Cockpit Coder'), sessionSection, section('Repositories', repos));

  const open = (id: string): void => navigate(routeHash({ at: 'session', id }));

  async function load(): Promise<void> {
    try {
      const [allRepos, allSessions] = await Promise.all([operator.repos(), operator.sessions()]);
      repos.replaceChildren(...(allRepos.length > 0 ? allRepos.map((repo) => repoCard(repo, open)) : [noRepos()]));
      const recent = allSessions.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
      sessions.replaceChildren(...recent.map((session) => sessionRow(session, allRepos, open, () => void load())));
      sessionSection.hidden = recent.length === 0;
    } catch (problem) {
      repos.replaceChildren(
        el('div', { class: 'empty', attrs: { role: 'alert' } }, el('p', {}, messageOf(problem)), button('Try again', () => void load())),
      );
    }
  }

  async function signOut(): Promise<void> {
    if (!(await confirmed('Sign out?', 'This browser forgets its access. The sessions and their shells go on.', 'Sign out'))) return;
    await operator.signOut().catch(() => {});
    forgetEverything();
    onSignedOut();
  }

  const refresh = (): void => void (document.hidden || load());
  document.addEventListener('visibilitychange', refresh);
  void load();
  return {
    title: 'Repositories',
    dispose: () => document.removeEventListener('visibilitychange', refresh),
    element: el(
      'div',
      { class: 'page' },
      el(
        'header',
        { class: 'page-header' },
        brand(),
        iconButton('phone', 'Pair another device', () => void openPairDeviceDialog(), 'pair-device'),
        themeButton(),
        iconButton('signOut', 'Sign out', () => void signOut(), 'sign-out'),
      ),
      main,
    ),
  };
}

function section(title: string, content: HTMLElement): HTMLElement {
  return el('section', { class: 'home-section' }, el('h2', {}, title), content);
}

function repoCard(repo: Repo, open: (id: string) => void): HTMLElement {
  const start = button(
    'New session',
    () =>
      void whileBusy(start, async () => {
        try {
          open((await operator.openSession(repo.path)).sessionId);
        } catch (problem) {
          toastProblem(problem);
        }
      }),
    { kind: 'quiet', icon: 'terminal', testid: 'new-session' },
  );
  start.setAttribute('aria-label', `New session in ${repo.name}`);
  return el(
    'article',
    { class: 'card repo', testid: 'repo-card' },
    el('h3', {}, repo.name),
    el('p', { class: 'path', attrs: { title: repo.path } }, el('bdi', {}, repo.path)),
    el('p', { class: 'facts' }, branchOf(repo), repo.dirty && el('span', { class: 'dirty', attrs: { title: 'There are uncommitted changes' } }, 'Changed')),
    start,
  );
}

function branchOf({ branch, head }: Repo): HTMLElement {
  const name = branch ?? `detached at ${head?.slice(0, 7) ?? 'no commit'}`;
  return el('span', { class: 'branch', attrs: { title: name } }, icon('branch'), el('span', {}, name));
}

function sessionRow(session: Session, repos: Repo[], open: (id: string) => void, onEnded: () => void): HTMLElement {
  const name = session.label || repos.find(({ path }) => path === session.repo)?.name || session.repo.split('/').at(-1) || session.repo;
  const end = async (): Promise<void> => {
    if (!(await confirmed('End this session?', `Its shells on ${name} are stopped.`, 'End session'))) return;
    await operator.endSession(session.sessionId).catch(toastProblem);
    onEnded();
  };
  return el(
    'article',
    { class: 'session-row', testid: 'session-row' },
    el(
      'a',
      { testid: 'open-session', attrs: { href: routeHash({ at: 'session', id: session.sessionId }) }, on: { click: (event) => (event.preventDefault(), open(session.sessionId)) } },
      el('strong', {}, name),
      el('span', { class: 'path' }, el('bdi', {}, session.repo)),
    ),
    el(
      'span',
      { class: 'when', attrs: { title: `Started ${exactly(session.createdAt)}, ends ${exactly(session.expiresAt)}` } },
      fromNow(session.createdAt),
    ),
    iconButton('stop', `End the session on ${name}`, () => void end()),
  );
}

function noRepos(): HTMLElement {
  return el(
    'div',
    { class: 'empty', testid: 'no-repos' },
    el('p', {}, 'No repository is open to you yet.'),
    el('p', { class: 'hint' }, 'Add it to ', el('code', {}, 'REPO_ALLOWLIST'), ' of the server and start the server again.'),
  );
}
