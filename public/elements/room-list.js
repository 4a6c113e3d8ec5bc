// @ts-check
import { announce, counted, find, make, reconcile } from '../dom.js';

/** @import { State } from '../state.js' */

/**
 * All rooms with how many are in each, and the form that makes another.
 * Announces `room-choose` with a name, `room-create` with what was typed.
 */
export class RoomList extends HTMLElement {
  /** @type {Map<string, RoomItem>} */
  #items = new Map();

  connectedCallback() {
    this.list = find(this, 'ul', HTMLUListElement);
    this.online = find(this, '.online', HTMLElement);
    this.error = find(this, '.error', HTMLElement);
    this.input = find(this, 'input', HTMLInputElement);
    find(this, 'form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      announce(this, 'room-create', this.input?.value.trim());
    });
  }

  /** @param {State} state */
  render(state) {
    const { list, online, error } = this;
    if (!list || !online || !error) return;
    const names = new Set([...state.joined.keys(), ...state.directory.keys()]);
    for (const name of this.#items.keys()) if (!names.has(name)) this.#items.delete(name);
    const sorted = [...names].sort((a, b) => rank(state, a) - rank(state, b) || (a < b ? -1 : 1));
    reconcile(
      list,
      sorted.map((name) => this.#itemFor(name).show(state)),
    );
    if (error.textContent !== state.errors.room) error.textContent = state.errors.room;
    online.textContent =
      state.usersOnline === undefined ? '' : `${counted(state.usersOnline, 'person', 'people')} online`;
  }

  clearInput() {
    if (this.input) this.input.value = '';
  }

  /** @param {string} name */
  #itemFor(name) {
    const item = this.#items.get(name) ?? new RoomItem(name);
    this.#items.set(name, item);
    return item;
  }
}

class RoomItem {
  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.count = make('span', { class: 'count' });
    this.countWords = make('span', { class: 'visually-hidden' });
    this.unread = make('span', { class: 'unread' });
    this.button = make(
      'button',
      {},
      make('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
      make('bdi', { class: 'name' }, name),
      this.unread,
      this.countWords,
      this.count,
    );
    this.count.ariaHidden = 'true';
    this.button.type = 'button';
    this.button.addEventListener('click', () => announce(this.button, 'room-choose', name));
    this.element = make('li', {}, this.button);
  }

  /** @param {State} state */
  show(state) {
    const room = state.joined.get(this.name);
    const count = state.directory.get(this.name) ?? room?.count ?? 0;
    this.element.classList.toggle('joined', room !== undefined);
    this.button.ariaCurrent = this.name === state.active ? 'true' : null;
    this.button.title = room ? 'You are in this room' : 'Join this room';
    setText(this.count, String(count));
    setText(this.countWords, ` ${counted(count, 'person', 'people')}${room ? ', joined' : ''}`);
    setText(this.unread, room?.unread ? `${room.unread} new` : '');
    return this.element;
  }
}

/** The rooms one is in come first. @param {State} state @param {string} name */
function rank(state, name) {
  return state.joined.has(name) ? 0 : 1;
}

/** @param {Element} element @param {string} text */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

customElements.define('room-list', RoomList);
