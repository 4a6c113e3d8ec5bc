// @ts-check
import { LaneCensus } from './lane-census.js';

/** @import { EventFilter } from './event-filter.js' */
/** @import { Message } from './lane.js' */

/**
 * What passes the filter, of a recording that grows at its end and is cut at its start. Only what came and what went is
 * looked at, so that a call costs no more when there are many.
 */
export class ShownMessages {
  lanes = new LaneCensus();
  /** @type {Map<string, number>} how many there are of a type, shown or not */
  types = new Map();
  heartbeats = 0;
  #filter;
  /** @type {readonly Message[]} as given last: a message that has found its change since may be another object */
  #messages = [];
  /** @type {Message[]} those that are counted */
  #counted = [];
  /** @type {number[]} of those that pass, rising */
  #ids = [];

  /** @param {EventFilter} filter */
  constructor(filter) {
    this.#filter = filter;
  }

  get count() {
    return this.#ids.length;
  }

  get total() {
    return this.#counted.length;
  }

  /** @param {number} place among those that are shown */
  at(place) {
    const id = this.#ids[place];
    return id === undefined ? undefined : this.byId(id);
  }

  /** @param {number} id */
  byId(id) {
    const message = this.#messages[lowerBound(this.#messages, (each) => each.id >= id)];
    return message?.id === id ? message : undefined;
  }

  /** Of the message, or of the first after it that is shown. @param {number} id */
  placeOf(id) {
    return lowerBound(this.#ids, (each) => each >= id);
  }

  /**
   * Takes a recording as it is now.
   * @param {readonly Message[]} messages oldest first
   * @returns {{ dropped: number, added: number }} how many rows went at the start and came at the end
   */
  show(messages) {
    this.#messages = messages;
    const gone = this.#goneFrom(messages);
    const dropped = gone === undefined ? this.#forgetAll() : this.#forget(gone);
    const before = this.count;
    for (const message of messages.slice(this.#counted.length)) this.#add(message);
    return { dropped, added: this.count - before };
  }

  /** After a change of the filter. */
  refilter() {
    this.lanes.hideAll();
    const passing = this.#counted.filter((message) => this.#filter.passes(message));
    for (const message of passing) this.lanes.reveal(message);
    this.#ids = passing.map(({ id }) => id);
  }

  /**
   * How many of the counted ones are no longer at the start.
   * @param {readonly Message[]} messages
   * @returns {number | undefined} none when this is another recording
   */
  #goneFrom(messages) {
    const first = messages[0];
    if (!first) return undefined;
    const gone = lowerBound(this.#counted, ({ id }) => id >= first.id);
    const last = this.#counted.at(-1);
    const isSame = this.#counted[gone]?.id === first.id && messages[this.total - gone - 1]?.id === last?.id;
    return isSame ? gone : undefined;
  }

  #forgetAll() {
    const { count } = this;
    this.lanes.clear();
    this.types.clear();
    this.heartbeats = 0;
    this.#counted = [];
    this.#ids = [];
    return count;
  }

  /** @param {number} gone */
  #forget(gone) {
    let dropped = 0;
    for (const message of this.#counted.splice(0, gone)) {
      const wasShown = this.#ids[dropped] === message.id;
      if (wasShown) dropped += 1;
      this.#tally(message, -1);
      this.lanes.remove(message, wasShown);
    }
    this.#ids.splice(0, dropped);
    return dropped;
  }

  /** @param {Message} message */
  #add(message) {
    const isShown = this.#filter.passes(message);
    this.#counted.push(message);
    if (isShown) this.#ids.push(message.id);
    this.#tally(message, 1);
    this.lanes.add(message, isShown);
  }

  /** @param {Message} message @param {1 | -1} by */
  #tally({ type, isHeartbeat }, by) {
    const count = (this.types.get(type) ?? 0) + by;
    if (count > 0) this.types.set(type, count);
    else this.types.delete(type);
    if (isHeartbeat) this.heartbeats += by;
  }
}

/**
 * The place of the first that is so, when all after it are too; behind the last when none is.
 * @template T
 * @param {readonly T[]} sorted
 * @param {(each: T) => boolean} isSo
 */
function lowerBound(sorted, isSo) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(/** @type {T} */ (sorted[middle]))) high = middle;
    else low = middle + 1;
  }
  return low;
}
