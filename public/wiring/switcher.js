// @ts-check
import { find } from '../dom.js';
import { QuickSwitcher } from '../elements/quick-switcher.js';

/** @import { Chat } from '../chat.js' */

/** Ctrl+K or Cmd+K goes anywhere, and so does a button for those who have no such keys. @param {Chat} chat */
export function wireSwitcher(chat) {
  const switcher = new QuickSwitcher();
  const button = find(document, 'room-list .find', HTMLButtonElement);
  button.title = `Go anywhere: ${/Mac|iP/.test(navigator.platform) ? '⌘' : 'Ctrl+'}K`;
  button.addEventListener('click', () => switcher.toggle(chat.state));
  document.body.append(switcher);
  document.addEventListener('keydown', (event) => {
    const isShortcut = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!isShortcut || event.key.toLowerCase() !== 'k' || chat.state.phase !== 'in') return;
    event.preventDefault();
    switcher.toggle(chat.state);
  });
  chat.store.watch(['session'], ({ phase }) => {
    if (phase !== 'in') switcher.close();
  });
}
