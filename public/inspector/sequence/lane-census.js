// @ts-check
import { rankOf } from './lane.js';

/** @import { Lane, Message } from './lane.js' */

/**
 * @typedef {object} Counted
 * @property {Lane} lane as it was called last
 * @property {number} all messages that it sent or received
 * @property {number} shown those of them that pass the filter
 */

/**
 * Who takes part, counted. The order is by kind, and within a kind by who came first: it stays when the filter changes,
 * and a newcomer pushes aside only what is of a later kind.
 */
export class LaneCensus {
  /** @type {Map<string, Counted>} in the order of their coming */
  #counted = new Map();
  /** @type {Counted[] | undefined} */
  #ordered;
  /** @type {Lane[] | undefined} */
  #shown;

  /** All that were seen, in their order. */
  get all() {
    this.#ordered ??= [...this.#counted.values()].sort(
      (one, other) => rankOf(one.lane.kind) - rankOf(other.lane.kind),
    );
    return this.#ordered;
  }

  /** Those that have a part in what is shown, in their order. */
  get shown() {
    this.#shown ??= this.all.filter(({ shown }) => shown > 0).map(({ lane }) => lane);
    return this.#shown;
  }

  /** @param {Message} message @param {boolean} isShown */
  add({ from, to }, isShown) {
    this.#count(from, 1, isShown);
    if (to.id !== from.id) this.#count(to, 1, isShown);
  }

  /** @param {Message} message @param {boolean} wasShown */
  remove({ from, to }, wasShown) {
    this.#count(from, -1, wasShown);
    if (to.id !== from.id) this.#count(to, -1, wasShown);
  }

  /** Before all are counted anew with another filter. */
  hideAll() {
    for (const counted of this.#counted.values()) counted.shown = 0;
    this.#shown = undefined;
  }

  /** @param {Message} message that was hidden */
  reveal({ from, to }) {
    for (const id of new Set([from.id, to.id])) {
      const counted = this.#counted.get(id);
      if (counted) counted.shown += 1;
    }
  }

  clear() {
    this.#counted.clear();
    this.#ordered = undefined;
    this.#shown = undefined;
  }

  /** @param {Lane} lane @param {1 | -1} by @param {boolean} isShown */
  #count(lane, by, isShown) {
    const counted = this.#counted.get(lane.id) ?? { lane, all: 0, shown: 0 };
    const wasShown = counted.shown > 0;
    if (counted.all === 0) this.#ordered = undefined;
    counted.all += by;
    if (isShown) counted.shown += by;
    if (by > 0 && counted.lane.name !== lane.name) this.#shown = undefined;
    if (by > 0) counted.lane = lane;
    if (counted.all > 0) this.#counted.set(lane.id, counted);
    else {
      this.#counted.delete(lane.id);
      this.#ordered = undefined;
    }
    if (counted.shown > 0 !== wasShown) this.#shown = undefined;
  }
}
