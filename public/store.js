// @ts-check
/** @import { State } from './state.js' */

/**
 * The parts of the state that change apart from each other:
 * - `session`: whether and as whom the user is in;
 * - `connection`: how the line to the server is;
 * - `active`: which conversation is shown;
 * - `conversations`: which there are, and what is unread in them;
 * - `entries`: the lines of one of them, and what the outbox holds;
 * - `people`: who is in the rooms, and who is typing;
 * - `directory`: all rooms of the server;
 * - `stats`: the server's figures;
 * - `errors`: what went wrong.
 * @typedef {'session' | 'connection' | 'active' | 'conversations' | 'entries' | 'people' | 'directory' | 'stats'
 *   | 'errors'} Slice
 */

/** Milliseconds in which changes are gathered; a timer, since a hidden page draws no frames but has a title. */
const DRAW_AFTER = 16;

/** The state and those who show it: each is called once for any number of changes to the slices it watches. */
export class Store {
  /** @type {{ slices: ReadonlySet<Slice>, draw: (state: State) => void }[]} in the order they came */
  #watchers = [];
  /** @type {Set<Slice>} */
  #changed = new Set();
  /** @type {number | undefined} */
  #timer;

  /** @param {State} state */
  constructor(state) {
    this.state = state;
  }

  /** @param {Slice[]} slices */
  changed(...slices) {
    for (const slice of slices) this.#changed.add(slice);
    this.#timer ??= setTimeout(() => this.flush(), DRAW_AFTER);
  }

  /**
   * Draws at once, and from then on after each change.
   * @param {readonly Slice[]} slices
   * @param {(state: State) => void} draw
   * @returns {() => void} ends it
   */
  watch(slices, draw) {
    const watcher = { slices: new Set(slices), draw };
    this.#watchers.push(watcher);
    draw(this.state);
    return () => {
      this.#watchers = this.#watchers.filter((each) => each !== watcher);
    };
  }

  /** Draws what has changed without waiting. */
  flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changed = this.#changed;
    this.#changed = new Set();
    for (const { slices, draw } of this.#watchers) {
      if ([...changed].some((slice) => slices.has(slice))) draw(this.state);
    }
  }
}
