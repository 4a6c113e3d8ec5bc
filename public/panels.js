// @ts-check
import { find } from './dom.js';

/** @import { State } from './state.js' */

/** From this width on the lists stand beside the conversation, as css/narrow.css has it. */
const WIDE = '(width >= 56rem)';

/**
 * On a narrow window the lists are drawers over the conversation, which the buttons at the top open one at a time. An
 * open drawer is a modal dialog: the rest of the page is inert until it closes, then the focus goes back to its button.
 */
export function preparePanels() {
  const nav = find(document, '.panels', HTMLElement);
  const badge = find(nav, '.badge', HTMLElement);
  const drawers = [...nav.querySelectorAll('button')].map((button) => drawerOf(button));
  /** @type {Drawer | undefined} */
  let opened;

  for (const drawer of drawers) {
    drawer.button.addEventListener('click', () => open(drawer));
    find(drawer.panel, '.close', HTMLButtonElement).addEventListener('click', () => dismiss());
  }
  find(document, '.scrim', HTMLElement).addEventListener('click', () => dismiss());
  matchMedia(WIDE).addEventListener('change', () => close());
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) dismiss();
  });

  /** @param {Drawer} drawer */
  function open(drawer) {
    close();
    opened = drawer;
    show(drawer, true);
    find(drawer.panel, '.close', HTMLButtonElement).focus();
  }

  function close() {
    if (opened) show(opened, false);
    opened = undefined;
  }

  /** Closes without a choice made: back to where one was. */
  function dismiss() {
    const button = opened?.button;
    close();
    button?.focus();
  }

  return {
    close,
    /** @param {State} state */
    render({ phase, unread }) {
      if (phase !== 'in') close();
      nav.hidden = phase !== 'in';
      const words = unread > 0 ? `${unread} new` : '';
      if (badge.textContent !== words) badge.textContent = words;
    },
  };
}

/** @typedef {{ button: HTMLButtonElement, panel: HTMLElement, label: string }} Drawer */

/** @param {HTMLButtonElement} button @returns {Drawer} */
function drawerOf(button) {
  const panel = find(document, `#${button.getAttribute('aria-controls')}`, HTMLElement);
  return { button, panel, label: panel.parentElement?.ariaLabel ?? '' };
}

/** @param {Drawer} drawer @param {boolean} isOpen */
function show({ button, panel, label }, isOpen) {
  button.ariaExpanded = String(isOpen);
  panel.classList.toggle('open', isOpen);
  panel.role = isOpen ? 'dialog' : null;
  panel.ariaLabel = isOpen ? label : null;
  panel.ariaModal = isOpen ? 'true' : null;
  for (const part of document.querySelectorAll('.top, .room, .panel')) {
    part.toggleAttribute('inert', isOpen && part !== panel);
  }
}
