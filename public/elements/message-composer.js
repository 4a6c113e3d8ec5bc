// @ts-check
import { TEXT_MAX } from '../acts/posts.js';
import { announce, find, make } from '../dom.js';
import { addEmojiButton } from './emoji-button.js';
import { Recall } from './recall.js';
import { Suggestions } from './suggestions.js';

/** @import { State } from '../state.js' */

/** Milliseconds without a key after which one no longer types. */
const TYPING_ENDS = 4_000;
/** Milliseconds after which ongoing typing is told again, well before the server lets it lapse. */
const TYPING_RENEWED = 10_000;
/** Characters left from which on they are counted down. */
const COUNTED_FROM = 200;

/** Where one writes. Announces `text-post` and `draft-change` with the text, `typing-change` with true or false. */
export class MessageComposer extends HTMLElement {
  static watches = /** @type {const} */ (['active', 'connection', 'people', 'errors']);
  #toldAt = 0;
  #shownKey = '';
  /** @type {number | undefined} */
  #timer;
  #recall = new Recall();
  #counter = make('p', { class: 'counter' });

  connectedCallback() {
    this.text = find(this, 'textarea', HTMLTextAreaElement);
    this.button = find(this, '[type="submit"]', HTMLButtonElement);
    this.error = find(this, '.error', HTMLElement);
    this.typing = find(this, '.typing', HTMLElement);
    const form = find(this, 'form', HTMLFormElement);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#furnish(form, this.text);
    this.text.addEventListener('keydown', (event) => this.#takeKey(event, form));
    this.text.addEventListener('input', () => {
      this.#count();
      this.#noticeTyping();
    });
  }

  /** @param {State} state */
  render({ active, activeKey, activeRoom, me, connection, errors }) {
    const { text, button, error, typing } = this;
    if (!text || !button || !error || !typing) return;
    const isOnline = connection.name === 'online';
    if (activeKey !== this.#shownKey) {
      this.#shownKey = activeKey;
      this.#toldAt = 0;
      this.#show(active?.draft ?? '');
    }
    if (this.suggestions) {
      const people = activeRoom?.users.map(({ name }) => name) ?? (active ? [active.name] : []);
      this.suggestions.names = people.filter((name) => name !== me.name);
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
    if (this.text?.value === '') this.#show(text);
  }

  /** What one has sent is nobody else's to recall. */
  forgetSent() {
    this.#recall.forget();
  }

  focusText() {
    this.text?.focus();
  }

  /**
   * Adds what the page does without at first: the lists that open and the counter.
   * @param {HTMLFormElement} form
   * @param {HTMLTextAreaElement} text
   */
  #furnish(form, text) {
    const list = make('div', { class: 'choices', 'aria-label': 'Suggestions' });
    list.role = 'listbox';
    list.id = 'suggestions';
    list.hidden = true;
    const hint = make('p', { class: 'usage', 'aria-live': 'polite' });
    this.#counter.id = 'message-counter';
    text.setAttribute('aria-autocomplete', 'list');
    text.setAttribute('aria-haspopup', 'listbox');
    text.setAttribute('aria-controls', list.id);
    text.setAttribute('aria-describedby', this.#counter.id);
    form.before(hint, this.#counter);
    this.append(list);
    this.suggestions = new Suggestions(text, list, hint);
    addEmojiButton(text, this);
  }

  /** @param {KeyboardEvent} event @param {HTMLFormElement} form */
  #takeKey(event, form) {
    if (!this.text || this.suggestions?.take(event)) return;
    const recalled = this.#recall.textFor(event, this.text);
    if (recalled !== undefined) {
      event.preventDefault();
      this.#show(recalled);
      this.text.setSelectionRange(recalled.length, recalled.length);
      announce(this, 'draft-change', recalled);
      return;
    }
    // While an input method composes, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  }

  /** Has the field hold a text that nobody has just typed. @param {string} value */
  #show(value) {
    if (!this.text) return;
    this.text.value = value;
    this.#count();
    this.suggestions?.settle();
  }

  #count() {
    const left = TEXT_MAX - [...(this.text?.value.trim() ?? '')].length;
    const words = left < 0 ? `${-left} too many` : left <= COUNTED_FROM ? `${left} left` : '';
    if (this.#counter.textContent !== words) this.#counter.textContent = words;
    if (this.text) this.text.ariaInvalid = left < 0 ? 'true' : null;
  }

  #submit() {
    const text = this.text?.value ?? '';
    if (!this.text || text.trim() === '') return;
    this.#recall.remember(text);
    this.#show('');
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
