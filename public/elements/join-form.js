// @ts-check
import { announce, find } from '../dom.js';

/** @import { State } from '../state.js' */

/** The form by which one enters. Announces `chat-enter` with the name. */
export class JoinForm extends HTMLElement {
  static watches = /** @type {const} */ (['session', 'errors']);

  connectedCallback() {
    this.name = find(this, 'input', HTMLInputElement);
    this.error = find(this, '.error', HTMLElement);
    this.button = find(this, 'button', HTMLButtonElement);
    find(this, 'form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      announce(this, 'chat-enter', this.name?.value.trim());
    });
  }

  /** @param {State} state */
  render({ phase, me, errors }) {
    const { name, error, button } = this;
    if (!name || !error || !button) return;
    const appears = this.hidden && phase !== 'in';
    this.toggleAttribute('hidden', phase === 'in');
    button.disabled = phase === 'joining';
    if (error.textContent !== errors.join) error.textContent = errors.join;
    if (appears) {
      name.value = me.name;
      name.focus();
    }
  }

  /** @param {string} name the one of last time */
  suggest(name) {
    if (!this.name) return;
    this.name.value = name;
    this.name.focus();
    this.name.select();
  }
}

customElements.define('join-form', JoinForm);
