// @ts-check
import { make, reconcile } from '../../dom.js';
import { kinds } from '../record/kinds.js';

/** @import { Kind } from '../record/kinds.js' */

/** Which kinds of actors there are and how many of each; a press shows that kind alone, another one all again. */
export class KindFilter {
  /** @type {Kind | ''} */
  only = '';
  element = make('div', { class: 'kinds', 'aria-label': 'Kinds of actors' });
  #changed;
  /** @type {Map<Kind, { button: HTMLButtonElement, count: HTMLElement }>} */
  #buttons = new Map();

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
    this.element.role = 'group';
  }

  /** @param {Map<Kind, number>} counts */
  render(counts) {
    const shown = kinds.filter(({ kind }) => counts.has(kind) || kind === this.only);
    reconcile(
      this.element,
      shown.map(({ kind, many }) => {
        const { button, count } = this.#buttonOf(kind, many);
        const words = (counts.get(kind) ?? 0).toLocaleString('en');
        if (count.textContent !== words) count.textContent = words;
        button.ariaPressed = String(kind === this.only);
        return button;
      }),
    );
  }

  /** @param {Kind} kind @param {string} many */
  #buttonOf(kind, many) {
    const known = this.#buttons.get(kind);
    if (known) return known;
    const count = make('span', { class: 'count' });
    const button = make('button', {}, many, ' ', count);
    button.type = 'button';
    button.addEventListener('click', () => {
      this.only = this.only === kind ? '' : kind;
      this.#changed();
    });
    const made = { button, count };
    this.#buttons.set(kind, made);
    return made;
  }
}
