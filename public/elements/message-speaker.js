// @ts-check
import { counted, make } from '../dom.js';

/** @import { Line } from '../conversations/line.js' */

/** Milliseconds for which what comes is gathered, after something was said. */
const BREATH = 1_500;
/** More lines than this at once are counted, not read. */
const READ_AT_ONCE = 3;

/** Says to screen readers what others say in the open conversation: only what is new, and under a storm only how much. */
export class MessageSpeaker {
  #element;
  /** @type {Line[]} */
  #waiting = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} element a polite live region */
  constructor(element) {
    this.#element = element;
  }

  /** @param {Line[]} lines */
  say(lines) {
    this.#waiting.push(...lines);
    if (this.#timer === undefined) this.#speak();
  }

  /** What was about to be said is of a conversation that is no longer shown. */
  hush() {
    this.#waiting = [];
    this.#element.replaceChildren();
  }

  #speak() {
    this.#timer = undefined;
    const lines = this.#waiting;
    if (lines.length === 0) return;
    this.#waiting = [];
    const words =
      lines.length > READ_AT_ONCE
        ? [counted(lines.length, 'new message', 'new messages')]
        : lines.map(wordsOf);
    this.#element.replaceChildren(...words.map((each) => make('p', {}, each)));
    this.#timer = setTimeout(() => this.#speak(), BREATH);
  }
}

/** @param {Line} line */
function wordsOf({ kind, from, text }) {
  return kind === 'message' ? `${from}: ${text}` : text;
}
