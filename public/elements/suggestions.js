// @ts-check
import { commands } from '../commands.js';
import { make } from '../dom.js';
import { avatar } from './avatar.js';
import { Choices } from './choices.js';

/** Most that are offered at once. */
const OFFERED_MAX = 8;

const COMMAND = /^\/([a-z]*)$/i;
const NAME = /(?<![\p{L}\p{M}\p{N}_-])@([\p{L}\p{M}\p{N}_-]*)$/u;
const COMMAND_WITH_ARGUMENTS = /^(\/[a-z]+)\s/i;

/** What can be meant by the word at the caret of a text field: a command after `/`, a person after `@`. */
export class Suggestions {
  /** @type {readonly string[]} who can be named */
  names = [];
  #text;
  #hint;
  #choices;
  /** What at the caret is to be completed. */
  #token = '';

  /**
   * @param {HTMLTextAreaElement} text
   * @param {HTMLElement} list
   * @param {HTMLElement} hint where the usage stays while one writes the arguments of a command
   */
  constructor(text, list, hint) {
    this.#text = text;
    this.#hint = hint;
    this.#choices = new Choices(text, list, (value) => this.#complete(value));
    text.addEventListener('input', () => this.refresh());
    text.addEventListener('blur', () => this.#choices.close());
    // A click elsewhere in the text, an arrow to the side: the caret is at another word.
    text.addEventListener('click', () => this.refresh());
    text.addEventListener('keyup', ({ key }) => /^(Arrow(Left|Right)|Home|End)$/.test(key) && this.refresh());
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was for the list */
  take(event) {
    const choices = this.#choices;
    if (!choices.isOpen || event.isComposing) return false;
    // What is written out already is not there to be completed: Enter sends it.
    if (event.key === 'Enter' && (event.shiftKey || choices.active?.trim() === this.#token)) return false;
    if (event.key === 'ArrowDown') choices.move(1);
    else if (event.key === 'ArrowUp') choices.move(-1);
    else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) choices.accept();
    else if (event.key === 'Escape') choices.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** The text is another, and nobody is writing it. */
  settle() {
    this.#choices.close();
    this.#explain();
  }

  /** Offers what fits the text as it is now. */
  refresh() {
    const before = this.#before;
    const [, command] = before.match(COMMAND) ?? [];
    const [, name] = before.match(NAME) ?? [];
    this.#token = command === undefined ? `@${name}` : `/${command}`;
    if (command !== undefined) this.#choices.show(commandsLike(command));
    else if (name !== undefined) this.#choices.show(this.#namesLike(name));
    else this.#choices.close();
    this.#explain();
  }

  #explain() {
    const [, written] = this.#text.value.match(COMMAND_WITH_ARGUMENTS) ?? [];
    const found = commands.find(({ usage }) => usage.split(' ')[0] === written?.toLowerCase());
    const words = found ? `${found.usage} ${found.summary}` : '';
    if (this.#hint.textContent === words) return;
    this.#hint.replaceChildren(...(found ? [make('code', {}, found.usage), ` ${found.summary}`] : []));
  }

  /** The text up to the caret; none while something is selected. */
  get #before() {
    const { selectionStart, selectionEnd, value } = this.#text;
    return selectionStart === selectionEnd ? value.slice(0, selectionStart) : '';
  }

  /** @param {string} begun */
  #namesLike(begun) {
    const start = begun.toLowerCase();
    return this.names
      .filter((name) => name.toLowerCase().startsWith(start))
      .slice(0, OFFERED_MAX)
      .map((name) => ({ value: `@${name} `, content: [avatar(name), make('bdi', {}, name)] }));
  }

  /** @param {string} value */
  #complete(value) {
    const { selectionStart } = this.#text;
    this.#text.setRangeText(value, selectionStart - this.#token.length, selectionStart, 'end');
    this.#text.focus();
    this.#choices.close();
    this.#text.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** @param {string} begun */
function commandsLike(begun) {
  return commands
    .filter(({ usage }) => usage.startsWith(`/${begun.toLowerCase()}`))
    .map(({ usage, summary }) => ({
      value: `${usage.split(' ')[0]}${usage.includes(' ') ? ' ' : ''}`,
      content: [make('code', {}, usage), make('span', { class: 'summary' }, summary)],
    }));
}
