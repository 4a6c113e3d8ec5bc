// @ts-check
import { find, listen } from '../dom.js';
import { ConnectionStatus } from '../elements/connection-status.js';
import { ServerPanel } from '../elements/server-panel.js';
import { memory } from '../memory.js';
import { preparePanels } from '../panels.js';
import { toggleTheme } from '../theme.js';

/** @import { Chat } from '../chat.js' */
/** @import { State } from '../state.js' */

/** The frame of the page: its header, its title, and which part of it shows. @param {Chat} chat */
export function wireLayout(chat) {
  const chatArea = find(document, '.chat', HTMLElement);
  const entrance = find(document, '.entrance', HTMLElement);
  const title = find(document, '#room-title', HTMLElement);
  const logOut = find(document, '#log-out', HTMLButtonElement);
  const status = find(document, 'connection-status', ConnectionStatus);
  const panels = preparePanels();

  chat.store.watch(['session', 'connection', 'active', 'conversations'], (state) => {
    const isIn = state.phase === 'in';
    chatArea.hidden = !isIn;
    entrance.hidden = isIn;
    if (!mayBeReturning(state)) document.documentElement.removeAttribute('data-returning');
    logOut.hidden = !isIn && !isHeldUp(state);
    title.textContent = state.active?.name ?? '';
    title.classList.toggle('private', state.active?.isPrivate ?? false);
    panels.render(state);
  });
  chat.store.watch(ConnectionStatus.watches, (state) => status.render(state));
  const server = find(document, 'server-panel', ServerPanel);
  chat.store.watch(ServerPanel.watches, (state) => server.render(state));

  logOut.addEventListener('click', () => chat.logOut());
  find(document, '#toggle-theme', HTMLButtonElement).addEventListener('click', toggleTheme);
  listen('connection-retry', () => chat.connection.retryNow());
  listen('panels-close', () => panels.close());
}

/** Nothing is in the way yet of whoever comes back. @param {State} state */
function mayBeReturning({ phase, connection }) {
  return phase !== 'in' && (connection.name === 'idle' || connection.name === 'connecting');
}

/** Who comes back stands before the form, since there is no connection. @param {State} state */
function isHeldUp({ phase }) {
  const isPatient = document.documentElement.hasAttribute('data-returning');
  return phase === 'joining' && memory.session.get() !== '' && !isPatient;
}
