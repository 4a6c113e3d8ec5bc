// @ts-check
import { announce, find } from '../dom.js';

/** @import { State } from '../state.js' */

/** Milliseconds without a key after which one no longer types. */
const TYPING_ENDS = 4_000;
/** Milliseconds after which ongoing typing is told again, well before the server lets it lapse. */
const TYPING_RENEWED = 10_000;

/** Where one writes. Announces `text-post` and `draft-change` with the text, `typing-change` with true or false. */
export class MessageComposer extends HTMLElement {
  static watches = /** @type {const} */ (['active', 'connection', 'people', 'errors']);
  #toldAt = 0;
  #shownKey = '';
  /** @type {number | undefined} */
  #timer;

  connectedCallback() {
    this.text = find(this, 'textarea', HTMLTextAreaElement);
    this.button = find(this, 'button', HTMLButtonElement);
    this.error = find(this, '.error', HTMLElement);
    this.typing = find(this, '.typing', HTMLElement);
    const form = find(this, 'form', HTMLFormElement);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.text.addEventListener('keydown', (event) => {
      // While an input method composes, Enter chooses a word.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    this.text.addEventListener('input', () => this.#noticeTyping());
  }

  /** @param {State} state */
  render({ active, activeKey, me, connection, errors }) {
    const { text, button, error, typing } = this;
    if (!text || !button || !error || !typing) return;
    const isOnline = connection.name === 'online';
    if (activeKey !== this.#shownKey) {
      this.#shownKey = activeKey;
      this.#toldAt = 0;
      text.value = active?.draft ?? '';
    }
    if (!isOnline) this.#toldAt = 0;
    const whom = active?.isPrivate ? active.address : `#${active?.name ?? ''}`;
    text.placeholder = isOnline ? `Message ${whom}` : `Message ${whom}: sent once you are connected`;
    if (error.textContent !== errors.composer) error.textContent = errors.composer;
    const others = [...(active?.typing ?? [])].filter((name) => name !== me.name);
    const words = typingWords(others);
    if (typing.textContent !== words) typing.textContent = words;
  }

  /** Puts a text back that was not taken, unless another has been begun. @param {string} text */
  restore(text) {
    if (this.text?.value === '') this.text.value = text;
  }

  focusText() {
    this.text?.focus();
  }

  #submit() {
    const text = this.text?.value ?? '';
    if (!this.text || text.trim() === '') return;
    this.text.value = '';
    // What is posted ends the typing at the server, a command does not: it never began.
    this.#toldAt = 0;
    clearTimeout(this.#timer);
    announce(this, 'text-post', text);
  }

  #noticeTyping() {
    const text = this.text?.value ?? '';
    announce(this, 'draft-change', text);
    const isTyping = text.trim() !== '' && !text.startsWith('/');
    clearTimeout(this.#timer);
    if (!isTyping) {
      this.#tell(false);
      return;
    }
    if (Date.now() - this.#toldAt > TYPING_RENEWED) this.#tell(true);
    this.#timer = setTimeout(() => this.#tell(false), TYPING_ENDS);
  }

  /** @param {boolean} typing */
  #tell(typing) {
    if (!typing && this.#toldAt === 0) return;
    this.#toldAt = typing ? Date.now() : 0;
    announce(this, 'typing-change', typing);
  }
}

/** @param {string[]} names */
function typingWords(names) {
  const [first, second] = names;
  if (!first) return '';
  if (!second) return `${first} is typing`;
  return names.length === 2 ? `${first} and ${second} are typing` : 'Several people are typing';
}

customElements.define('message-composer', MessageComposer);
