// @ts-check
import { announce, make } from '../../dom.js';

/** @import { FeedStatus as Status } from '../feed/feed.js' */
/** @import { Scene } from '../scene.js' */

/** Says in words how the line to the server is. Announces `feed-retry`. */
export class FeedStatus extends HTMLElement {
  #words = make('span', { class: 'words' });
  /** Not read aloud: it changes every second. */
  #countdown = make('span', { class: 'countdown', 'aria-hidden': 'true' });
  #retry = make('button', {}, 'Try now');
  /** @type {number | undefined} */
  #timer;
  #shown = '';

  connectedCallback() {
    this.#retry.type = 'button';
    this.#retry.addEventListener('click', () => announce(this, 'feed-retry'));
    this.replaceChildren(this.#words, this.#countdown, this.#retry);
  }

  /** @param {Scene} scene */
  render({ status, file, recording }) {
    const isFile = file !== undefined;
    const key = JSON.stringify([status, isFile, recording.lost]);
    if (key === this.#shown) return;
    this.#shown = key;
    const lost = recording.lost > 0 ? ` · ${recording.lost} events left out` : '';
    const text = isFile ? 'Showing a file' : wordsFor(status) + lost;
    if (this.#words.textContent !== text) this.#words.textContent = text;
    this.title = lost ? 'The server sent fewer events while this page read too slowly.' : '';
    this.dataset.status = isFile ? 'resting' : status.name;
    this.#retry.hidden = isFile || !['waiting', 'off'].includes(status.name);
    clearInterval(this.#timer);
    this.#count(status);
    if (status.name === 'waiting') this.#timer = setInterval(() => this.#count(status), 1_000);
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
    case 'open':
      return 'Connected';
    case 'connecting':
    case 'waiting':
      return status.again ? 'Reconnecting…' : 'Connecting…';
    case 'off':
      return 'Inspector is off';
    case 'refused':
      return 'Refused';
    default:
      return 'Not connected';
  }
}

customElements.define('feed-status', FeedStatus);
