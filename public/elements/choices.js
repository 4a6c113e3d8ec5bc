// @ts-check
import { make } from '../dom.js';

/**
 * @typedef {object} Choice
 * @property {string} value what choosing it means
 * @property {(Node | string)[]} content
 */

/**
 * A list box beneath a text field: the field keeps the focus and `aria-activedescendant` says which option is the
 * active one.
 */
export class Choices {
  #field;
  #list;
  #choose;
  /** @type {readonly Choice[]} */
  #choices = [];
  #active = -1;

  /**
   * @param {HTMLElement} field
   * @param {HTMLElement} list with the role `listbox` and an id
   * @param {(value: string) => void} choose
   */
  constructor(field, list, choose) {
    this.#field = field;
    this.#list = list;
    this.#choose = choose;
    // A press must not take the focus out of the field.
    list.addEventListener('pointerdown', (event) => event.preventDefault());
    list.addEventListener('click', ({ target }) => {
      const place = this.#options.findIndex((option) => target instanceof Node && option.contains(target));
      const chosen = this.#choices[place];
      if (chosen) choose(chosen.value);
    });
  }

  get isOpen() {
    return this.#choices.length > 0;
  }

  get active() {
    return this.#choices[this.#active]?.value;
  }

  /** Shows these, the first of them active; none closes the list. @param {readonly Choice[]} choices */
  show(choices) {
    this.#choices = choices;
    this.#list.hidden = choices.length === 0;
    this.#list.replaceChildren(
      ...choices.map(({ content }, place) => {
        const option = make('div', { class: 'choice' }, ...content);
        option.role = 'option';
        option.id = `${this.#list.id}-${place}`;
        return option;
      }),
    );
    if (this.#field.role === 'combobox') this.#field.ariaExpanded = String(choices.length > 0);
    this.#activate(0);
  }

  close() {
    if (this.isOpen) this.show([]);
  }

  /** @param {number} step wraps around at both ends */
  move(step) {
    const { length } = this.#choices;
    if (length > 0) this.#activate((this.#active + step + length) % length);
  }

  /** Chooses the active one. */
  accept() {
    if (this.active !== undefined) this.#choose(this.active);
  }

  get #options() {
    return [...this.#list.children];
  }

  /** @param {number} place */
  #activate(place) {
    this.#active = place;
    this.#options.forEach((option, each) => {
      option.ariaSelected = String(each === place);
    });
    const option = this.#options[place];
    option?.scrollIntoView({ block: 'nearest' });
    if (option) this.#field.setAttribute('aria-activedescendant', option.id);
    else this.#field.removeAttribute('aria-activedescendant');
  }
}
