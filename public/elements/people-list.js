// @ts-check
import { announce, counted, find, make, reconcile } from '../dom.js';
import { avatar } from './avatar.js';

/** @import { User } from '../../src/protocol/entities.ts' */
/** @import { State } from '../state.js' */

/** Who is in the open room. Announces `person-choose` with a name, and `people-more` for the next page. */
export class PeopleList extends HTMLElement {
  static watches = /** @type {const} */ (['people', 'active', 'session']);
  /** @type {Map<string, { signature: string, element: HTMLElement }>} by id of the user */
  #items = new Map();

  connectedCallback() {
    this.list = find(this, 'ul', HTMLUListElement);
    this.count = find(this, '.count', HTMLElement);
    this.more = find(this, '.more', HTMLButtonElement);
    this.empty = find(this, '.empty', HTMLElement);
    this.more.addEventListener('click', () => announce(this, 'people-more'));
  }

  /** @param {State} state */
  render({ active, activeRoom, me }) {
    const { list, count, more, empty } = this;
    if (!list || !count || !more || !empty) return;
    const users = activeRoom?.users ?? [];
    const ids = new Set(users.map((user) => user.id));
    for (const id of this.#items.keys()) if (!ids.has(id)) this.#items.delete(id);
    reconcile(
      list,
      users.map((user) => this.#elementFor(user, user.id === me.id)),
    );
    count.textContent = activeRoom ? String(activeRoom.count) : '';
    empty.hidden = !active?.isPrivate;
    empty.textContent = active?.isPrivate ? `Only you and ${active.name} read this.` : '';
    const unlisted = (activeRoom?.count ?? 0) - users.length;
    more.hidden = activeRoom?.usersUpTo === undefined || unlisted <= 0;
    more.textContent = `Show more of ${counted(unlisted, 'other', 'others')}`;
  }

  /** @param {User} user @param {boolean} isMe */
  #elementFor(user, isMe) {
    const signature = `${user.name} ${user.typing} ${user.status} ${isMe}`;
    const known = this.#items.get(user.id);
    if (known?.signature === signature) return known.element;
    const element = known?.element ?? make('li', {});
    const hadFocus = element.contains(document.activeElement);
    element.replaceChildren(...parts(user, isMe));
    element.className = user.status;
    if (hadFocus) element.querySelector('button')?.focus();
    this.#items.set(user.id, { signature, element });
    return element;
  }
}

/** @param {User} user @param {boolean} isMe */
function parts({ name, typing, status }, isMe) {
  const label = [avatar(name), make('bdi', { class: 'name' }, name)];
  if (isMe) return [make('span', { class: 'person' }, ...label, make('span', { class: 'hint' }, 'you'))];
  const button = make('button', { class: 'person', title: `Write to ${name} privately` }, ...label);
  if (status === 'away') button.append(make('span', { class: 'hint' }, 'away'));
  else if (typing) button.append(typingDots());
  button.type = 'button';
  button.addEventListener('click', () => announce(button, 'person-choose', name));
  return [button];
}

function typingDots() {
  const words = make('span', { class: 'visually-hidden' }, 'typing…');
  return make('span', { class: 'hint dots' }, words, make('i', {}), make('i', {}), make('i', {}));
}

customElements.define('people-list', PeopleList);
