// @ts-check
import { announce, counted, find, make, reconcile } from '../dom.js';
import { avatar } from './avatar.js';

/** @import { State } from '../state.js' */

/**
 * All rooms with how many are in each, the private conversations, and the form that makes another room.
 * Announces `conversation-choose` and `conversation-close` with an address, `room-create` with what was typed.
 */
export class RoomList extends HTMLElement {
  static watches = /** @type {const} */ (['conversations', 'active', 'directory', 'errors', 'people']);
  /** @type {Map<string, Item>} by key */
  #items = new Map();

  connectedCallback() {
    this.rooms = find(this, '[aria-label="Rooms"]', HTMLUListElement);
    this.privates = find(this, '[aria-label="Private conversations"]', HTMLUListElement);
    this.empty = find(this, '.empty', HTMLElement);
    this.error = find(this, '.error', HTMLElement);
    this.input = find(this, 'input', HTMLInputElement);
    find(this, 'form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      announce(this, 'room-create', this.input?.value.trim());
    });
  }

  /** @param {State} state */
  render(state) {
    const { rooms, privates, empty, error } = this;
    if (!rooms || !privates || !empty || !error) return;
    const { conversations, directory } = state;
    const roomKeys = new Set([...conversations.rooms.map(({ key }) => key), ...directory.keys()]);
    const privateKeys = conversations.privates.map(({ key }) => key).sort();
    const keys = new Set([...roomKeys, ...privateKeys]);
    for (const key of this.#items.keys()) if (!keys.has(key)) this.#items.delete(key);
    const focused = [...privates.children].findIndex((each) => each.contains(document.activeElement));
    const isJoined = (/** @type {string} */ key) => Number(conversations.get(key) !== undefined);
    const sorted = [...roomKeys].sort((a, b) => isJoined(b) - isJoined(a) || (a < b ? -1 : 1));
    for (const [list, listed] of /** @type {const} */ ([
      [rooms, sorted],
      [privates, privateKeys],
    ])) {
      reconcile(
        list,
        listed.map((key) => this.#itemFor(key).show(state)),
      );
    }
    empty.hidden = privateKeys.length > 0;
    if (focused >= 0 && !privates.contains(document.activeElement)) this.#focusNear(focused);
    if (error.textContent === state.errors.room) return;
    error.textContent = state.errors.room;
    // In a low window the form is further down than where one found the room.
    if (this.isInSight) error.scrollIntoView({ block: 'nearest' });
  }

  /** Where the focus goes on when the private conversation that had it is closed. @param {number} place its own */
  #focusNear(place) {
    const items = this.privates?.children ?? [];
    const near = items[place] ?? items[place - 1] ?? this;
    near.querySelector('button')?.focus();
  }

  get isInSight() {
    return this.checkVisibility({ visibilityProperty: true });
  }

  clearInput() {
    if (this.input) this.input.value = '';
  }

  /** @param {string} key */
  #itemFor(key) {
    const item = this.#items.get(key) ?? new Item(key);
    this.#items.set(key, item);
    return item;
  }
}

class Item {
  #address;

  /** @param {string} key */
  constructor(key) {
    this.key = key;
    this.#address = key;
    this.name = make('bdi', { class: 'name' });
    this.count = make('span', { class: 'count' });
    this.countWords = make('span', { class: 'visually-hidden' });
    this.mention = make(
      'span',
      { class: 'mark' },
      make('span', { class: 'visually-hidden' }, 'mentions you'),
    );
    this.unread = make('span', { class: 'unread' });
    this.button = make(
      'button',
      {},
      key.startsWith('@')
        ? avatar(key.slice(1))
        : make('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
      this.name,
      this.mention,
      this.unread,
      this.countWords,
      this.count,
    );
    this.count.ariaHidden = 'true';
    this.button.type = 'button';
    this.button.addEventListener('click', () => announce(this.button, 'conversation-choose', this.#address));
    this.element = make('li', {}, this.button);
    if (key.startsWith('@')) this.#addClosing();
  }

  #addClosing() {
    const close = make('button', { class: 'dismiss' }, make('span', { 'aria-hidden': 'true' }, '×'));
    close.type = 'button';
    // Whoever writes goes on writing: only the keyboard brings the focus here.
    close.addEventListener('mousedown', (event) => event.preventDefault());
    close.addEventListener('click', () => announce(close, 'conversation-close', this.#address));
    this.close = close;
    this.element.append(close);
  }

  /** @param {State} state */
  show(state) {
    const { key } = this;
    const conversation = state.conversations.get(key);
    const count = state.directory.get(key) ?? 0;
    const isPrivate = conversation?.isPrivate;
    this.#address = conversation?.address ?? key;
    this.element.classList.toggle('joined', conversation !== undefined);
    this.element.classList.toggle('mentioned', conversation?.isMentioned ?? false);
    this.button.ariaCurrent = key === state.activeKey ? 'true' : null;
    this.button.title = isPrivate
      ? 'A private conversation'
      : conversation
        ? 'You are in this room'
        : 'Join this room';
    this.mention.hidden = isPrivate || !conversation?.isMentioned;
    setText(this.name, conversation?.name ?? key);
    if (this.close) this.close.title = this.close.ariaLabel = `Close conversation with ${conversation?.name}`;
    setText(this.count, isPrivate ? '' : String(count));
    const words = ` ${counted(count, 'person', 'people')}${conversation ? ', joined' : ''}`;
    setText(this.countWords, isPrivate ? ' in private' : words);
    setText(this.unread, conversation?.unread ? `${conversation.unread} new` : '');
    return this.element;
  }
}

/** @param {Element} element @param {string} text */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

customElements.define('room-list', RoomList);
