// @ts-check
import { slot } from '../memory.js';

/** Most that are remembered. */
const KEPT_MAX = 50;

const kept = slot(() => sessionStorage, 'troupe.sent', /** @type {string[]} */ ([]));

/** What was sent from this tab: up and down in an empty text field go back and forth in it. */
export class Recall {
  #sent = kept.get();
  #place = this.#sent.length;

  /** @param {string} text */
  remember(text) {
    if (this.#sent.at(-1) !== text) this.#sent = [...this.#sent, text].slice(-KEPT_MAX);
    this.#place = this.#sent.length;
    kept.set(this.#sent);
  }

  forget() {
    this.#sent = [];
    this.#place = 0;
    kept.set([]);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {HTMLTextAreaElement} field
   * @returns {string | undefined} what is to be in the field; undefined when the key means something else
   */
  textFor({ key, shiftKey, ctrlKey, altKey, metaKey, isComposing }, { value, selectionStart, selectionEnd }) {
    if (shiftKey || ctrlKey || altKey || metaKey || isComposing) return undefined;
    if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
    if (value === '') this.#place = this.#sent.length;
    // What one has changed is one's own again, and within several lines the arrows go from line to line.
    if (value !== (this.#sent[this.#place] ?? '')) return undefined;
    const passed = key === 'ArrowUp' ? value.slice(0, selectionStart) : value.slice(selectionEnd);
    if (passed.includes('\n')) return undefined;
    const place = this.#place + (key === 'ArrowUp' ? -1 : 1);
    if (place < 0 || place > this.#sent.length) return undefined;
    this.#place = place;
    return this.#sent[place] ?? '';
  }
}
