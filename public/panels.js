// @ts-check
import { find } from './dom.js';

/** @import { State } from './state.js' */

/** On a narrow window the lists lie over the conversation; the buttons at the top show one at a time. */
export function preparePanels() {
  const nav = find(document, '.panels', HTMLElement);
  const badge = find(nav, '.badge', HTMLElement);
  const buttons = [...nav.querySelectorAll('button')];

  for (const button of buttons) {
    button.addEventListener('click', () => open(button.ariaExpanded === 'true' ? undefined : button));
  }
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const opened = buttons.find((button) => button.ariaExpanded === 'true');
    open(undefined);
    opened?.focus();
  });

  /** @param {HTMLButtonElement | undefined} chosen */
  function open(chosen) {
    for (const button of buttons) {
      const isChosen = button === chosen;
      button.ariaExpanded = String(isChosen);
      const panel = document.getElementById(button.getAttribute('aria-controls') ?? '');
      panel?.classList.toggle('open', isChosen);
    }
  }

  return {
    close: () => open(undefined),
    /** @param {State} state */
    render({ phase, unread }) {
      nav.hidden = phase !== 'in';
      const words = unread > 0 ? `${unread} new` : '';
      if (badge.textContent !== words) badge.textContent = words;
    },
  };
}
