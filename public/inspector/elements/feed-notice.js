// @ts-check
import { announce, make } from '../../dom.js';

/** @import { FeedStatus } from '../feed/feed.js' */
/** @import { Scene } from '../scene.js' */

/**
 * What is shown as long as there is nothing to look at: why, and what one can do. Announces `feed-retry`, `file-choose`,
 * and `token-give` with what was typed.
 */
export class FeedNotice extends HTMLElement {
  #title = make('h2', {});
  #text = make('p', { class: 'text' });
  #command = make('p', { class: 'command' }, make('code', {}, 'npm start -- --inspect'));
  #field = make('input', { 'aria-describedby': 'token-error' });
  #error = make('p', { class: 'error' });
  #label = make('label', {}, 'Token');
  #form = make('form', {}, this.#label, this.#field, make('button', { class: 'primary' }, 'Use this token'));
  #retry = make('button', { class: 'primary' }, 'Try again');
  #open = make('button', {}, 'Open a recording');

  connectedCallback() {
    if (this.firstChild) return;
    const icon = make('img', {});
    icon.alt = '';
    icon.src = 'icon.svg';
    icon.width = icon.height = 56;
    this.#field.id = 'token';
    this.#label.htmlFor = 'token';
    this.#error.id = 'token-error';
    this.#field.type = 'password';
    this.#field.autocomplete = 'off';
    for (const button of [this.#retry, this.#open]) button.type = 'button';
    this.#retry.addEventListener('click', () => announce(this, 'feed-retry'));
    this.#open.addEventListener('click', () => announce(this, 'file-choose'));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      // None at all is an answer too: what was given before may be what is refused.
      announce(this, 'token-give', this.#field.value.trim());
    });
    this.#error.role = 'alert';
    this.append(
      make(
        'div',
        { class: 'card' },
        icon,
        this.#title,
        this.#text,
        this.#command,
        this.#error,
        this.#form,
        make('div', { class: 'choices' }, this.#retry, this.#open),
      ),
    );
  }

  /** @param {Scene} scene */
  render({ status, isEmpty, file }) {
    const isRefused = status.name === 'refused';
    this.hidden = file !== undefined || !(isEmpty || isRefused);
    document.body.classList.toggle('blank-page', !this.hidden);
    if (this.hidden) return;
    const { title, text } = wordsFor(status);
    setText(this.#title, title);
    setText(this.#text, text);
    setText(this.#error, isRefused ? status.words || 'The server gave no reason.' : '');
    this.#command.hidden = status.name !== 'off';
    this.#form.hidden = !isRefused;
    this.#retry.hidden = status.name === 'connecting' || isRefused;
    setText(this.#retry, status.name === 'waiting' ? 'Try now' : 'Try again');
  }
}

/** @param {FeedStatus} status @returns {{ title: string, text: string }} */
function wordsFor(status) {
  switch (status.name) {
    case 'off':
      return {
        title: 'The inspector is off',
        text: 'This server shows its actors to nobody. Whoever runs it can turn the inspector on:',
      };
    case 'refused':
      return {
        title: 'The server does not let you in',
        text: 'With the token that it was started with you can look at its actors from anywhere.',
      };
    case 'waiting':
      return {
        title: 'The server does not answer',
        text: 'This page keeps trying. A recording can be opened without a server.',
      };
    default:
      return { title: 'Connecting…', text: 'In a moment you see every actor of the server, live.' };
  }
}

/** @param {Element} element @param {string} text */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

customElements.define('feed-notice', FeedNotice);
