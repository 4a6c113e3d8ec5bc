// @ts-check
import { QuickSwitcher } from '../elements/quick-switcher.js';

/** @import { Chat } from '../chat.js' */

/** Ctrl+K or Cmd+K goes anywhere. @param {Chat} chat */
export function wireSwitcher(chat) {
  const switcher = new QuickSwitcher();
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
