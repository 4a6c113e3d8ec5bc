// @ts-check
import { find } from '../dom.js';

/** From this width on all panes are side by side, as css/narrow.css has it. */
const WIDE = '(width >= 60rem)';

/** @typedef {'actors' | 'chart' | 'events' | 'context'} PaneName */

/** On a narrow window one pane shows at a time, which tabs choose. */
export function preparePanes() {
  const list = find(document, '.pane-tabs', HTMLElement);
  const tabs = [...list.querySelectorAll('button')];
  const wide = matchMedia(WIDE);

  const adapt = () => {
    for (const tab of tabs) {
      const pane = paneOf(tab);
      // Side by side they are no panels of tabs.
      if (!wide.matches) pane.role = 'tabpanel';
      else if (pane.role === 'tabpanel') pane.role = null;
      if (pane instanceof HTMLDivElement) pane.setAttribute('aria-labelledby', tab.id);
      if (pane instanceof HTMLDivElement && wide.matches) pane.removeAttribute('aria-labelledby');
    }
  };
  wide.addEventListener('change', adapt);
  adapt();

  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener('click', () => show(tab));
    tab.addEventListener('keydown', (event) => {
      /** @type {Record<string, number>} */
      const targets = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: tabs.length - 1 };
      const wanted = targets[event.key];
      if (wanted === undefined) return;
      event.preventDefault();
      const next = tabs.at(wanted % tabs.length);
      if (next) show(next);
      next?.focus();
    });
  }
  showPane('actors');
}

/** Shows a pane where one shows at a time. @param {PaneName} name */
export function showPane(name) {
  show(find(document, `#${name}-tab`, HTMLButtonElement));
}

/** @param {HTMLButtonElement} chosen */
function show(chosen) {
  for (const tab of document.querySelectorAll('.pane-tabs [role="tab"]')) {
    const isChosen = tab === chosen;
    tab.ariaSelected = String(isChosen);
    tab.setAttribute('tabindex', isChosen ? '0' : '-1');
    paneOf(tab).classList.toggle('shown', isChosen);
  }
}

/** @param {Element} tab */
function paneOf(tab) {
  return find(document, `#${tab.getAttribute('aria-controls')}`, HTMLElement);
}
