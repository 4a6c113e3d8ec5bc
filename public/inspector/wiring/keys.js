// @ts-check
import { announce, find } from '../../dom.js';
import { ActorList } from '../elements/actor-list.js';
import { ShortcutHelp } from '../elements/shortcut-help.js';
import { showPane } from '../panes.js';

/** @import { Inspector } from '../inspector.js' */

/** Keys for the whole page, where nothing else takes them. @param {Inspector} inspector */
export function wireKeys(inspector) {
  const help = find(document, 'shortcut-help', ShortcutHelp);
  const list = find(document, 'actor-list', ActorList);
  find(document, '#show-keys', HTMLButtonElement).addEventListener('click', () => help.open());

  /** @type {Record<string, () => void>} */
  const characters = {
    ' ': () => announce(document.body, 'playback-toggle'),
    '/': () => {
      showPane('actors');
      list.focusSearch();
    },
    f: () => inspector.toggleFollowing(),
    l: () => announce(document.body, 'playback-live'),
  };
  /** @type {Record<string, () => void>} */
  const others = {
    ArrowLeft: () => announce(document.body, 'playback-step', -1),
    ArrowRight: () => announce(document.body, 'playback-step', 1),
  };

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
    const act = others[event.key] ?? (help.areOn ? characters[event.key.toLowerCase()] : undefined);
    if (!act || document.body.classList.contains('blank-page')) return;
    event.preventDefault();
    act();
  });
}

/** Whether the element that has the focus wants the key for itself. @param {KeyboardEvent} event */
function isTaken({ target, key }) {
  if (!(target instanceof Element)) return false;
  if (target.closest('input, textarea, select, dialog[open], [contenteditable]')) return true;
  if (key === ' ') return target.closest('button, a, summary, [role="button"], [role="treeitem"]') !== null;
  // In the list a letter begins a search.
  return /^[fl]$/i.test(key) && target.closest('[role="listbox"]') !== null;
}
