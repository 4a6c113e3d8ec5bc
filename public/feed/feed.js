// @ts-check
import { loadDirectory } from './directory.js';
import { applyEvent } from './effects.js';
import { shareStream } from './shared-stream.js';

/** @import { ServerEvent } from '../../src/protocol/server-events.ts' */
/** @import { Store } from '../store.js' */
/** @import { StreamEvent } from './stream.js' */

/** Keeps the directory of rooms and the figures: asked for once, then followed over server-sent events. */
export class Feed {
  #store;
  /** @type {(() => void) | undefined} */
  #leave;
  /**
   * What happened while the directory was on its way: the answer may be older than that.
   * @type {ServerEvent[] | undefined}
   */
  #sinceAsked;

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
  }

  open() {
    this.#leave ??= shareStream((event) => this.#take(event));
  }

  close() {
    this.#leave?.();
    this.#leave = undefined;
  }

  /** @param {StreamEvent} event */
  #take(event) {
    if (event.type === 'opened') {
      this.#refresh();
      return;
    }
    this.#sinceAsked?.push(event);
    this.#store.changed(...applyEvent(this.#store.state, event));
  }

  async #refresh() {
    /** @type {ServerEvent[]} */
    const sinceAsked = [];
    this.#sinceAsked = sinceAsked;
    const directory = await loadDirectory();
    if (!directory || this.#sinceAsked !== sinceAsked) return;
    this.#sinceAsked = undefined;
    this.#store.state.directory = directory;
    for (const event of sinceAsked) applyEvent(this.#store.state, event);
    this.#store.changed('directory');
  }
}
