// @ts-check
import { announce, make } from '../dom.js';
import { avatar } from './avatar.js';

/** @import { News } from '../chat.js' */
/** @import { State } from '../state.js' */

/** Most that are shown at once; the oldest goes first. */
const SHOWN_MAX = 3;
/** Milliseconds that one stays. */
const SHOWN_FOR = 8_000;

/** Shows what is meant for the user and came in elsewhere. Announces `news-open` with the key of the conversation. */
export class NewsToasts extends HTMLElement {
  /** @type {{ key: string, element: HTMLElement }[]} */
  #shown = [];

  /** @param {News} news */
  show({ conversation: { key, isPrivate, name }, line: { from, text } }) {
    const where = isPrivate ? 'privately' : `in #${name}`;
    const button = make(
      'button',
      { class: 'toast' },
      avatar(from),
      make('span', { class: 'toast-text' }, make('bdi', { class: 'author' }, from), ` ${where}`),
      make('span', { class: 'words' }, text),
    );
    button.type = 'button';
    button.addEventListener('click', () => announce(button, 'news-open', key));
    const toast = { key, element: button };
    this.#shown.push(toast);
    this.append(button);
    while (this.#shown.length > SHOWN_MAX) this.#drop(this.#shown[0]);
    setTimeout(() => this.#drop(toast), SHOWN_FOR);
  }

  /** What has been read needs no telling. @param {State} state */
  render({ conversations }) {
    for (const toast of this.#shown) if (!conversations.get(toast.key)?.unread) this.#drop(toast);
  }

  /** @param {{ element: HTMLElement } | undefined} toast */
  #drop(toast) {
    toast?.element.remove();
    this.#shown = this.#shown.filter((each) => each !== toast);
  }
}

customElements.define('news-toasts', NewsToasts);
