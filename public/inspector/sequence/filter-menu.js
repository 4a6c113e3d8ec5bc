// @ts-check
import { make, reconcile } from '../../dom.js';

/** @import { Selection } from './selection.js' */

/** @typedef {{ key: string, words: string, count: number }} Option */
/** @typedef {{ row: HTMLElement, box: HTMLInputElement, words: HTMLElement, count: HTMLElement, only: HTMLElement }} OptionRow */

/** More are not listed: there may be thousands, and one finds the one that one looks for by typing. */
const LISTED_MAX = 100;
/** Pixels below the list, and of its height at least. */
const PANEL_MARGIN = 8;
const PANEL_MIN = 140;

/** A button that opens a list of what there is to filter by, each with how often it occurs. */
export class FilterMenu {
  element = make('div', { class: 'filter-menu' });
  #button = make('button', { 'aria-expanded': 'false' });
  #panel = make('div', { class: 'filter-panel' });
  #find = make('input', { class: 'filter-find' });
  #list = make('ul', {});
  #rest = make('p', { class: 'rest' });
  #name;
  #selection;
  #change;
  /** @type {Map<string, OptionRow>} */
  #drawn = new Map();
  /** @type {() => Option[]} */
  #options = () => [];

  /**
   * @param {string} name of what is listed, in the plural
   * @param {Selection} selection
   * @param {() => void} change is called when another selection has been made
   */
  constructor(name, selection, change) {
    this.#name = name;
    this.#selection = selection;
    this.#change = change;
    this.#button.type = 'button';
    this.#find.type = 'search';
    this.#find.placeholder = `Find ${name.toLowerCase()}`;
    this.#find.ariaLabel = this.#find.placeholder;
    this.#list.ariaLabel = name;
    this.#list.role = 'list';
    this.#panel.hidden = true;
    this.#panel.role = 'group';
    this.#panel.ariaLabel = `${name} to show`;
    const all = this.#quickChoice('All', () => selection.selectAll());
    const none = this.#quickChoice('None', () => selection.selectOnly());
    this.#panel.append(make('div', { class: 'quick' }, this.#find, all, none), this.#list, this.#rest);
    this.element.append(this.#button, this.#panel);
    this.#button.addEventListener('click', () => this.#setOpen(this.#panel.hidden !== false));
    this.#find.addEventListener('input', () => this.#drawOptions());
    this.element.addEventListener('keydown', (event) => this.#takeKey(event));
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.element.contains(relatedTarget)) this.#setOpen(false);
    });
  }

  /** @param {() => Option[]} options are asked for only while they are listed */
  draw(options) {
    this.#options = options;
    const isAll = this.#selection.isAll;
    const words = isAll ? this.#name : `${this.#name}: some`;
    if (this.#button.textContent !== words) this.#button.textContent = words;
    this.#button.classList.toggle('narrowed', !isAll);
    if (!this.#panel.hidden) this.#drawOptions();
  }

  #drawOptions() {
    const wanted = this.#find.value.trim().toLowerCase();
    const fitting = this.#options().filter(({ words }) => words.toLowerCase().includes(wanted));
    const listed = fitting.slice(0, LISTED_MAX);
    const keys = new Set(listed.map(({ key }) => key));
    for (const key of this.#drawn.keys()) if (!keys.has(key)) this.#drawn.delete(key);
    const rows = listed.map(({ key, words, count }) => {
      const option = this.#drawn.get(key) ?? this.#optionFor(key);
      this.#drawn.set(key, option);
      option.words.textContent = words;
      option.words.title = words;
      option.count.textContent = count.toLocaleString();
      option.box.checked = this.#selection.has(key);
      option.only.ariaLabel = `Only ${words}`;
      return option.row;
    });
    reconcile(this.#list, rows);
    const rest = fitting.length - listed.length;
    this.#rest.textContent = rest > 0 ? `${rest.toLocaleString()} more: type to find them` : '';
    if (fitting.length === 0) this.#rest.textContent = 'None is called like that.';
  }

  /** @param {string} key @returns {OptionRow} */
  #optionFor(key) {
    const box = make('input', {});
    box.type = 'checkbox';
    box.addEventListener('change', () => this.#choose(() => this.#selection.toggle(key)));
    const words = make('bdi', { class: 'option-words' });
    const count = make('span', { class: 'count' });
    const only = this.#quickChoice('only', () => this.#selection.selectOnly(key));
    return { row: make('li', {}, make('label', {}, box, words, count), only), box, words, count, only };
  }

  /** @param {string} words @param {() => void} select */
  #quickChoice(words, select) {
    const button = make('button', { class: 'quiet' }, words);
    button.type = 'button';
    button.addEventListener('click', () => this.#choose(select));
    return button;
  }

  /** @param {() => void} select */
  #choose(select) {
    select();
    this.#change();
  }

  /** @param {KeyboardEvent} event */
  #takeKey(event) {
    if (event.key !== 'Escape' || this.#panel.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    this.#setOpen(false);
    this.#button.focus();
  }

  /** @param {boolean} isOpen */
  #setOpen(isOpen) {
    if (isOpen !== (this.#panel.hidden !== false)) return;
    this.#panel.hidden = !isOpen;
    this.#button.ariaExpanded = String(isOpen);
    if (!isOpen) {
      document.removeEventListener('pointerdown', this.#closeFromOutside);
      return;
    }
    document.addEventListener('pointerdown', this.#closeFromOutside);
    this.#find.value = '';
    this.#drawOptions();
    this.#fit();
    // On a phone its keyboard would cover the list.
    if (matchMedia('(pointer: fine)').matches) this.#find.focus();
  }

  /** The list scrolls rather than reach below the diagram, where it would be cut. */
  #fit() {
    const below = this.element.closest('event-sequence')?.getBoundingClientRect().bottom ?? innerHeight;
    const room = Math.min(below, innerHeight) - this.#panel.getBoundingClientRect().top - PANEL_MARGIN;
    this.#panel.style.maxHeight = `min(22rem, ${Math.max(PANEL_MIN, room)}px)`;
  }

  #closeFromOutside = (/** @type {PointerEvent} */ { target }) => {
    if (target instanceof Node && !this.element.contains(target)) this.#setOpen(false);
  };
}
