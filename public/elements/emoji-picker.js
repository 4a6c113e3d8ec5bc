// @ts-check
import { announce, make } from '../dom.js';

/** @typedef {{ name: string, emojis: [char: string, name: string, keywords: string][] }} Group */

const SOURCE = 'vendor/emoji.json';
const FOUND_MAX = 120;

/** @type {Promise<Group[]> | undefined} */
let loading;

/**
 * Shows emoji by group, or those that fit what is searched for. The arrows go through them, Escape closes. Announces
 * `emoji-choose` with the character and `emoji-close`.
 */
export class EmojiPicker extends HTMLElement {
  /** @type {Group[]} */
  #groups = [];
  #group = 0;
  #search = make('input', { 'aria-label': 'Search emoji', 'aria-controls': 'emoji-found' });
  #tabs = make('div', { class: 'emoji-groups', 'aria-label': 'Groups of emoji' });
  #found = make('div', { class: 'emoji-found', 'aria-label': 'Emoji' });
  #words = make('p', { class: 'emoji-words', 'aria-live': 'polite' });

  connectedCallback() {
    if (this.firstChild) return;
    this.role = 'dialog';
    this.ariaLabel = 'Emoji';
    this.#search.type = 'search';
    this.#search.placeholder = 'Search emoji';
    this.#search.autocomplete = 'off';
    this.#tabs.role = 'group';
    this.#found.role = 'listbox';
    this.#found.id = 'emoji-found';
    this.append(this.#search, this.#tabs, this.#found, this.#words);

    this.#search.addEventListener('input', () => this.#draw());
    this.#found.addEventListener('click', ({ target }) => this.#choose(target));
    for (const type of ['focusin', 'pointerover']) {
      this.#found.addEventListener(type, ({ target }) => {
        if (target !== this.#found && target instanceof HTMLElement)
          this.#words.textContent = target.ariaLabel;
      });
    }
    this.addEventListener('keydown', (event) => this.#move(event));
  }

  /** @returns {Promise<void>} when what is to be chosen from is there */
  async open() {
    this.hidden = false;
    this.#search.value = '';
    this.#search.focus();
    this.#words.textContent = this.#groups.length > 0 ? '' : 'Loading…';
    try {
      loading ??= load();
      this.#groups = await loading;
    } catch {
      loading = undefined;
      this.#words.textContent = 'The emoji could not be loaded. Close and open this to try again.';
      return;
    }
    this.#draw();
    this.#search.scrollIntoView({ block: 'nearest' }); // It has grown upwards, in a low window out of sight.
  }

  #draw() {
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const isSearch = words.length > 0;
    const shown = isSearch
      ? search(this.#groups, words).slice(0, FOUND_MAX)
      : (this.#groups[this.#group]?.emojis ?? []);
    this.#tabs.replaceChildren(...this.#groups.map((group, place) => this.#tab(group, place, isSearch)));
    this.#found.replaceChildren(
      ...shown.map(([char, name], place) => {
        const option = make('span', { class: 'emoji', title: name, 'aria-label': name }, char);
        option.role = 'option';
        option.tabIndex = place === 0 ? 0 : -1;
        return option;
      }),
    );
    this.#found.hidden = shown.length === 0;
    this.#words.textContent = shown.length === 0 ? 'No emoji like that.' : '';
    this.#found.scrollTop = 0;
  }

  /** @param {Group} group @param {number} place @param {boolean} isSearch */
  #tab({ name, emojis }, place, isSearch) {
    const isShown = !isSearch && place === this.#group;
    const tab = make('button', { 'aria-label': name, title: name, 'aria-pressed': String(isShown) });
    tab.type = 'button';
    tab.append(emojis[0]?.[0] ?? '');
    tab.addEventListener('click', () => {
      this.#group = place;
      this.#search.value = '';
      this.#draw();
      const again = this.#tabs.children[place];
      if (again instanceof HTMLElement) again.focus();
    });
    return tab;
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const { key, target } = event;
    if (event.isComposing) return;
    if (key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      announce(this, 'emoji-close');
      return;
    }
    const options = /** @type {HTMLElement[]} */ ([...this.#found.children]);
    const place = options.indexOf(/** @type {HTMLElement} */ (target));
    if (key === 'Enter' && target === this.#search) {
      event.preventDefault();
      this.#choose(options[0]);
    } else if (key === 'ArrowDown' && place < 0) {
      event.preventDefault();
      options[0]?.focus();
    } else if (place >= 0) {
      const columns = getComputedStyle(this.#found).gridTemplateColumns.split(' ').length;
      const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -place };
      const step = key === 'End' ? options.length - 1 - place : steps[/** @type {'Home'} */ (key)];
      if (key === 'Enter' || key === ' ') this.#choose(target);
      else if (step === undefined) return;
      else if (place + step < 0) this.#search.focus();
      else options[place + step]?.focus();
      event.preventDefault();
    }
  }

  /** @param {EventTarget | null | undefined} target */
  #choose(target) {
    if (target instanceof HTMLElement && target.classList.contains('emoji')) {
      announce(this, 'emoji-choose', target.textContent);
    }
  }
}

/** @returns {Promise<Group[]>} */
async function load() {
  const response = await fetch(SOURCE);
  if (!response.ok) throw new Error(`${SOURCE}: ${response.status}`);
  return response.json();
}

/**
 * Those for which each word begins one of theirs, named so before those that only have to do with it.
 * @param {Group[]} groups
 * @param {string[]} words
 */
function search(groups, words) {
  const all = groups.flatMap(({ emojis }) => emojis);
  const fits = (/** @type {string} */ text) => words.every((word) => ` ${text}`.includes(` ${word}`));
  const named = all.filter(([, name]) => fits(name.toLowerCase()));
  const known = new Set(named);
  return [...named, ...all.filter((each) => !known.has(each) && fits(`${each[1]} ${each[2]}`.toLowerCase()))];
}

customElements.define('emoji-picker', EmojiPicker);
