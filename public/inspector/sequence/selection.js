// @ts-check

/** Which of many are wanted: all but a few, so that what is new is wanted too, or only a few. */
export class Selection {
  /** @type {Set<string>} */
  #named = new Set();
  #isOnly = false;

  get isAll() {
    return !this.#isOnly && this.#named.size === 0;
  }

  /** Whether just the named ones are wanted, and not all but these. */
  get isOnly() {
    return this.#isOnly;
  }

  /** @param {string} key */
  has(key) {
    return this.#named.has(key) === this.#isOnly;
  }

  /** Whether something that has to do with any of these is wanted. @param {string[]} keys */
  hasAny(...keys) {
    return keys.some((key) => this.#named.has(key)) === this.#isOnly;
  }

  /** @param {string} key */
  toggle(key) {
    if (!this.#named.delete(key)) this.#named.add(key);
  }

  selectAll() {
    this.#isOnly = false;
    this.#named.clear();
  }

  /** @param {string[]} keys none for nothing at all */
  selectOnly(...keys) {
    this.#isOnly = true;
    this.#named = new Set(keys);
  }
}
