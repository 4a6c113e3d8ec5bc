// @ts-check
import { announce, make } from '../dom.js';
import { avatar } from './avatar.js';
import { Choices } from './choices.js';

/** @import { State } from '../state.js' */
/** @import { Choice } from './choices.js' */

const OFFERED_MAX = 12;

/**
 * A dialog that finds rooms and people by what one types. Announces `conversation-choose` with an address and
 * `person-choose` with a name.
 */
export class QuickSwitcher extends HTMLElement {
  #dialog = make('dialog', { class: 'switcher', 'aria-label': 'Go to a room or person' });
  #field = make('input', {
    'aria-label': 'Room or person',
    'aria-autocomplete': 'list',
    'aria-controls': 'places',
  });
  #list = make('div', { class: 'choices', 'aria-label': 'Rooms and people' });
  #words = make('p', { class: 'switcher-words', 'aria-live': 'polite' });
  #choices = new Choices(this.#field, this.#list, (address) => this.#go(address));
  /** @type {State | undefined} */
  #state;

  connectedCallback() {
    if (this.firstChild) return;
    this.#list.role = 'listbox';
    this.#list.id = 'places';
    this.#field.role = 'combobox';
    this.#field.type = 'text';
    this.#field.placeholder = 'Go to a room or person';
    this.#field.autocomplete = 'off';
    this.#field.spellcheck = false;
    this.#dialog.append(this.#field, this.#list, this.#words);
    this.append(this.#dialog);
    this.#field.addEventListener('input', () => this.#offer());
    this.#field.addEventListener('keydown', (event) => this.#takeKey(event));
    // What is pressed outside the box is the backdrop, which belongs to the dialog.
    this.#dialog.addEventListener('pointerdown', ({ target }) => {
      if (target === this.#dialog) this.#dialog.close();
    });
  }

  /** @param {State} state */
  toggle(state) {
    if (this.#dialog.open) {
      this.#dialog.close();
      return;
    }
    this.#state = state;
    this.#field.value = '';
    this.#dialog.showModal();
    this.#offer();
  }

  close() {
    this.#dialog.close();
  }

  #offer() {
    const wanted = this.#field.value.trim().replace(/^[#@]/, '').toLowerCase();
    const all = this.#state ? placesIn(this.#state) : [];
    const offered = all
      .filter(({ value }) => value.toLowerCase().includes(wanted))
      .sort((one, other) => rank(one, wanted) - rank(other, wanted))
      .slice(0, OFFERED_MAX);
    this.#choices.show(offered);
    this.#words.textContent = offered.length === 0 ? 'No room or person is called like that.' : '';
  }

  /** @param {KeyboardEvent} event */
  #takeKey(event) {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') this.#choices.move(1);
    else if (event.key === 'ArrowUp') this.#choices.move(-1);
    else if (event.key === 'Enter') this.#choices.accept();
    else return;
    event.preventDefault();
  }

  /** @param {string} address */
  #go(address) {
    this.#dialog.close();
    if (address.startsWith('@')) announce(this, 'person-choose', address.slice(1));
    else announce(this, 'conversation-choose', address);
  }
}

/** What begins with the wanted comes before what has it within. @param {Choice} place @param {string} wanted */
function rank({ value }, wanted) {
  return value.replace('@', '').toLowerCase().startsWith(wanted) ? 0 : 1;
}

/**
 * Where one can go, in this order: what has unread messages, one's own rooms and private conversations, other rooms,
 * other people.
 * @param {State} state
 * @returns {Choice[]}
 */
function placesIn({ conversations, directory, activeKey, me }) {
  const own = conversations.all.filter(({ key }) => key !== activeKey);
  own.sort((one, other) => Number(other.unread > 0) - Number(one.unread > 0));
  /** @type {Map<string, Choice>} */
  const places = new Map();
  for (const { address, key, unread } of own)
    places.set(key, place(address, unread > 0 ? `${unread} new` : ''));
  for (const room of directory.keys()) {
    if (room !== activeKey && !places.has(room)) places.set(room, place(room, 'not joined'));
  }
  for (const { name } of conversations.rooms.flatMap(({ users }) => users)) {
    const key = `@${name.toLowerCase()}`;
    if (name !== me.name && key !== activeKey && !places.has(key)) places.set(key, place(`@${name}`, ''));
  }
  return [...places.values()];
}

/** @param {string} address @param {string} note @returns {Choice} */
function place(address, note) {
  const isPerson = address.startsWith('@');
  const name = isPerson ? address.slice(1) : address;
  const sign = isPerson ? avatar(name) : make('span', { class: 'room-sign', 'aria-hidden': 'true' }, '#');
  const content = [sign, make('bdi', {}, name), ...(note ? [make('span', { class: 'note' }, note)] : [])];
  return { value: address, content };
}

customElements.define('quick-switcher', QuickSwitcher);
