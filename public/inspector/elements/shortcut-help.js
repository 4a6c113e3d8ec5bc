// @ts-check
import { find, make } from '../../dom.js';
import { KEY_PREFIX, slot } from '../../memory.js';

/** Single keys get in the way of those who speak to their machine: they can be turned off. */
const keysOff = slot(() => localStorage, `${KEY_PREFIX}inspector.keys-off`, '');

/** @type {readonly [keys: readonly string[], what: string][]} */
const SHORTCUTS = [
  [['Space'], 'pause and go on'],
  [['←', '→'], 'step back and forward'],
  [['L'], 'go to the live edge'],
  [['F'], 'follow the chosen actor'],
  [['/'], 'search the actors'],
  [['↑', '↓', 'Home', 'End'], 'go through the list or the tree'],
  [['Esc'], 'leave the search, close what is open'],
];

/** A dialog that tells the keys, with a switch for those that are a single character. */
export class ShortcutHelp extends HTMLElement {
  #switch = make('input', {});
  #dialog = make('dialog', { class: 'keys', 'aria-label': 'Keyboard shortcuts' });

  connectedCallback() {
    if (this.firstChild) return;
    const close = make('button', {}, 'Close');
    close.type = 'button';
    close.addEventListener('click', () => this.#dialog.close());
    this.#switch.type = 'checkbox';
    this.#switch.checked = this.areOn;
    this.#switch.addEventListener('change', () => keysOff.set(this.#switch.checked ? '' : 'off'));
    this.#dialog.append(
      make('h2', {}, 'Keyboard'),
      make('dl', {}, ...SHORTCUTS.map(([keys, what]) => rowOf(keys, what))),
      make('label', {}, this.#switch, 'Use the keys that are a single character'),
      close,
    );
    this.append(this.#dialog);
    this.#dialog.addEventListener('pointerdown', ({ target }) => {
      if (target === this.#dialog) this.#dialog.close();
    });
  }

  get areOn() {
    return keysOff.get() === '';
  }

  open() {
    this.#dialog.showModal();
    find(this.#dialog, 'button', HTMLButtonElement).focus();
  }
}

/** @param {readonly string[]} keys @param {string} what */
function rowOf(keys, what) {
  return make('div', {}, make('dt', {}, ...keys.map((key) => make('kbd', {}, key))), make('dd', {}, what));
}

customElements.define('shortcut-help', ShortcutHelp);
