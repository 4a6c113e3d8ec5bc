// @ts-check
import { announce, make } from '../dom.js';

/** @import { ConnectionStatus as Status } from '../connection/connection.js' */
/** @import { State } from '../state.js' */

/** Says in words how the line to the server is. Announces `connection-retry`. */
export class ConnectionStatus extends HTMLElement {
  static watches = /** @type {const} */ (['connection', 'entries']);
  #words = make('span', { class: 'words' });
  /** Not read aloud: it changes every second. */
  #countdown = make('span', { class: 'countdown', 'aria-hidden': 'true' });
  #retry = make('button', {}, 'Try now');
  /** @type {number | undefined} */
  #timer;

  connectedCallback() {
    this.#retry.type = 'button';
    this.#retry.addEventListener('click', () => announce(this, 'connection-retry'));
    this.replaceChildren(this.#words, this.#countdown, this.#retry);
  }

  /** @param {State} state */
  render({ connection, posts }) {
    const waiting = posts.filter(({ state }) => state === 'pending').length;
    const text = wordsFor(connection);
    if (this.#words.textContent !== text) this.#words.textContent = text;
    this.dataset.status = connection.name;
    this.title = waiting > 0 && connection.name !== 'online' ? 'What you write is kept and sent later.' : '';
    this.#retry.hidden = connection.name !== 'waiting' && connection.name !== 'offline';
    clearInterval(this.#timer);
    this.#count(connection);
    if (connection.name === 'waiting') this.#timer = setInterval(() => this.#count(connection), 1_000);
  }

  /** @param {Status} status */
  #count(status) {
    const seconds = status.name === 'waiting' ? Math.ceil((status.until - Date.now()) / 1_000) : 0;
    this.#countdown.textContent = seconds > 1 ? `in ${seconds} s` : '';
  }
}

/** @param {Status} status */
function wordsFor(status) {
  switch (status.name) {
    case 'online':
      return 'Connected';
    case 'connecting':
    case 'waiting':
      return status.again ? 'Reconnecting…' : 'Connecting…';
    case 'offline':
      return 'You are offline';
    default:
      return 'Not connected';
  }
}

customElements.define('connection-status', ConnectionStatus);
