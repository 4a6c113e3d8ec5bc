// @ts-check
import { announce, find } from '../dom.js';

/** @import { State } from '../state.js' */

/** Code points that a name has at least. */
const NAME_MIN = 2;

/** The form by which one enters. Announces `chat-enter` with the name. */
export class JoinForm extends HTMLElement {
  static watches = /** @type {const} */ (['session', 'errors', 'connection']);
  /** What is wrong with what was typed, in words. */
  #refusal = '';

  connectedCallback() {
    this.name = find(this, 'input', HTMLInputElement);
    this.error = find(this, '.error', HTMLElement);
    this.button = find(this, 'button', HTMLButtonElement);
    this.name.addEventListener('input', () => this.#refuse(''));
    find(this, 'form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      const name = this.name?.value.trim() ?? '';
      this.#refuse(refusalOf(name));
      if (this.#refusal) this.name?.focus();
      else announce(this, 'chat-enter', name);
    });
  }

  /** @param {State} state */
  render({ phase, me, errors, connection }) {
    const { name, error, button } = this;
    if (!name || !error || !button) return;
    const appears = (this.hidden && phase !== 'in') || (button.ariaBusy === 'true' && phase === 'out');
    this.toggleAttribute('hidden', phase === 'in');
    button.disabled = phase === 'joining';
    button.ariaBusy = String(phase === 'joining');
    const words = this.#refusal || errors.join || (phase === 'joining' ? obstacle(connection.name) : '');
    if (error.textContent !== words) error.textContent = words;
    if (appears) {
      name.value = me.name;
      name.focus();
    }
  }

  /** @param {string} name the one of last time; it gives way to what was typed while the page still loaded */
  suggest(name) {
    if (this.name?.value !== '') return;
    this.name.value = name;
    this.name.focus();
    this.name.select();
  }

  /** @param {string} words */
  #refuse(words) {
    const { name, error } = this;
    if (!name || !error || (words === '' && this.#refusal === '')) return;
    this.#refusal = words;
    name.ariaInvalid = words ? 'true' : null;
    error.textContent = words;
  }
}

/** @param {string} name */
function refusalOf(name) {
  if (name === '') return 'Please choose a name.';
  if ([...name].length < NAME_MIN) return 'A name has at least 2 characters.';
  return '';
}

/** @param {string} status of the connection */
function obstacle(status) {
  if (status === 'offline') return 'You are offline. As soon as there is a network, you are in.';
  if (status === 'waiting') return 'The server does not answer. Trying again…';
  return '';
}

customElements.define('join-form', JoinForm);
