// @ts-check
import { announce, make } from '../dom.js';
import { avatar } from './avatar.js';

/** @import { News } from '../chat.js' */
/** @import { State } from '../state.js' */

/** @typedef {{ key: string, element: HTMLElement, timer?: number }} Toast */

/** Most that are shown at once; the oldest goes first. */
const SHOWN_MAX = 3;
/** Milliseconds that one stays, unless one points at it or has the focus in it. */
const SHOWN_FOR = 8_000;

/** Shows what is meant for the user and came in elsewhere. Announces `news-open` with the key of the conversation. */
export class NewsToasts extends HTMLElement {
  /** @type {Toast[]} */
  #shown = [];

  /** @param {News} news */
  show({ conversation: { key, isPrivate, name }, line: { from, text } }) {
    const where = isPrivate ? 'privately' : `in #${name}`;
    const open = make(
      'button',
      { class: 'toast-open' },
      avatar(from),
      make('span', { class: 'toast-text' }, make('bdi', { class: 'author' }, from), ` ${where}`),
      make('span', { class: 'words', dir: 'auto' }, text),
    );
    const dismiss = make('button', { class: 'toast-dismiss', title: 'Dismiss', 'aria-label': 'Dismiss' });
    dismiss.append(make('span', { 'aria-hidden': 'true' }, '×'));
    open.type = dismiss.type = 'button';
    const element = make('div', { class: 'toast' }, open, dismiss);
    const toast = { key, element };
    open.addEventListener('click', () => announce(this, 'news-open', key));
    dismiss.addEventListener('click', () => this.#dismiss(toast));
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.#dismiss(toast);
    });
    for (const type of ['pointerleave', 'focusout']) {
      element.addEventListener(type, () => this.#dropLater(toast));
    }
    this.#shown.push(toast);
    this.append(element);
    while (this.#shown.length > SHOWN_MAX) this.#drop(this.#shown[0]);
    this.#dropLater(toast);
  }

  /** What has been read needs no telling. @param {State} state */
  render({ conversations }) {
    for (const toast of this.#shown) if (!conversations.get(toast.key)?.unread) this.#drop(toast);
  }

  /** @param {Toast} toast */
  #dismiss(toast) {
    const hadFocus = toast.element.contains(document.activeElement);
    this.#drop(toast);
    if (hadFocus) announce(this, 'composer-focus');
  }

  /** @param {Toast} toast */
  #dropLater(toast) {
    clearTimeout(toast.timer);
    toast.timer = setTimeout(() => {
      if (!toast.element.matches(':hover, :focus-within')) this.#drop(toast);
    }, SHOWN_FOR);
  }

  /** @param {Toast | undefined} toast */
  #drop(toast) {
    if (!toast) return;
    clearTimeout(toast.timer);
    this.#shown = this.#shown.filter((each) => each !== toast);
    toast.element.remove();
  }
}

customElements.define('news-toasts', NewsToasts);
