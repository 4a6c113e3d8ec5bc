// @ts-check
import { make } from '../dom.js';

/** Entries that are listed at first, and added by the button below them. */
const LISTED = 100;
/** Characters of a text that are shown before it is unfolded. */
const TEXT_SHOWN = 400;
/** Up to so many entries an object within the value is unfolded from the start. */
const UNFOLDED_MAX = 12;

/**
 * A value as it would be in JSON, as a tree that one folds and unfolds; what is folded is not drawn before. What the reader
 * has folded or unfolded stays so when another value is shown, as far as it has the same keys.
 */
export class ValueTree extends HTMLElement {
  /** @type {Map<string, boolean>} by path, what the reader chose */
  #unfolded = new Map();

  connectedCallback() {
    this.role ??= 'group';
  }

  /** @param {unknown} value */
  show(value) {
    this.replaceChildren(isBranch(value) ? this.#entries(value, '') : leaf(value));
  }

  /** @param {object} branch @param {string} path */
  #entries(branch, path) {
    const list = make('ul', { class: 'value-entries' });
    list.role = 'list';
    const entries = Object.entries(branch);
    if (entries.length === 0) {
      list.append(make('li', { class: 'value-empty' }, Array.isArray(branch) ? '[ ]' : '{ }'));
      return list;
    }
    this.#listMore(list, entries, path, 0);
    return list;
  }

  /** @param {HTMLElement} list @param {[string, unknown][]} entries @param {string} path @param {number} from */
  #listMore(list, entries, path, from) {
    for (const [key, value] of entries.slice(from, from + LISTED)) list.append(this.#entry(key, value, path));
    const rest = entries.length - from - LISTED;
    if (rest <= 0) return;
    const more = make('button', { class: 'quiet' }, `Show ${Math.min(rest, LISTED)} of ${rest} more`);
    more.type = 'button';
    const item = make('li', {}, more);
    more.addEventListener('click', () => {
      item.remove();
      this.#listMore(list, entries, path, from + LISTED);
    });
    list.append(item);
  }

  /** @param {string} key @param {unknown} value @param {string} path */
  #entry(key, value, path) {
    const name = make('span', { class: 'value-key' }, make('bdi', {}, key), ': ');
    if (!isBranch(value) || Object.keys(value).length === 0) return make('li', {}, name, leaf(value));
    return make('li', {}, this.#branch(name, value, `${path}/${key}`));
  }

  /** @param {HTMLElement} name @param {object} value @param {string} path */
  #branch(name, value, path) {
    const branch = make(
      'details',
      {},
      make('summary', {}, name, make('span', { class: 'value-size' }, sizeOf(value))),
    );
    const isLarge = Object.keys(value).length > UNFOLDED_MAX || path.split('/').length > 3;
    const draw = () => branch.childElementCount === 1 && branch.append(this.#entries(value, path));
    branch.open = this.#unfolded.get(path) ?? !isLarge;
    if (branch.open) draw();
    // The first of these comes from drawing it open, and says nothing that is not known.
    branch.addEventListener('toggle', () => {
      if (branch.open) draw();
      if (branch.open !== (this.#unfolded.get(path) ?? !isLarge)) this.#unfolded.set(path, branch.open);
    });
    return branch;
  }
}

/** @param {unknown} value @returns {value is object} */
function isBranch(value) {
  return typeof value === 'object' && value !== null;
}

/** @param {object} branch */
function sizeOf(branch) {
  const size = Object.keys(branch).length;
  return Array.isArray(branch) ? `[${size}]` : `{${size}}`;
}

/** @param {unknown} value */
function leaf(value) {
  if (isBranch(value)) return make('span', { class: 'value-empty' }, Array.isArray(value) ? '[ ]' : '{ }');
  if (typeof value !== 'string') return make('span', { class: `value-${typeof value}` }, String(value));
  const text = make('bdi', { class: 'value-string' }, JSON.stringify(value));
  if (value.length <= TEXT_SHOWN) return text;
  text.textContent = `${JSON.stringify(value.slice(0, TEXT_SHOWN)).slice(0, -1)}…`;
  const more = make('button', { class: 'quiet' }, `Show all ${value.length.toLocaleString()} characters`);
  more.type = 'button';
  more.addEventListener('click', () => {
    text.textContent = JSON.stringify(value);
    more.remove();
  });
  return make('span', {}, text, ' ', more);
}

customElements.define('value-tree', ValueTree);
