// @ts-check
import { isHeartbeat } from './kinds.js';
import { Messages } from './messages.js';
import { World } from './world.js';

/** @import { FeedFrame, HelloFrame } from '../../../src/inspect/wire.ts' */
/** @import { ActorState } from './actor.js' */

/**
 * @typedef {object} Entry
 * @property {number} place
 * @property {number} at in milliseconds since the epoch, by the server's clock
 * @property {FeedFrame} frame
 * @property {number} size in bytes, about
 *
 * @typedef {{ place: number, id: string }} Stop a step, which playback can stop at, and whose it is
 */

export const LIMITS = { frames: 20_000, bytes: 32 * 1024 * 1024 };
/** What is over the limits is dropped by such a part at a time. */
const DROPPED_PART = 20;
/** While somebody looks at a moment, so many times as much is kept, and what comes then is not. */
const HELD_TIMES = 2;
/** So many frames lie between two moments that can be gone to at once. */
const CHECKPOINT_EVERY = 1_000;

/**
 * What the feed has said: each frame at its place, counted from 1. The oldest are folded into a first moment, `base`,
 * when it grows too big; but while it is held, so that a moment which is looked at does not slip away, the newest are
 * left out instead.
 */
export class Recording {
  /** @type {Entry[]} */
  entries = [];
  messages = new Messages();
  /** @type {Stop[]} */
  stops = [];
  /** How many events the server left out since this page read too slowly. */
  lost = 0;
  /** @type {HelloFrame | undefined} the last that the server said */
  hello;
  live = new World();
  /** How many frames were not recorded, since it was full while it was held. */
  missed = 0;
  #base;
  #limits;
  #last = 0;
  #bytes = 0;
  /** @type {{ place: number, world: World }[]} */
  #checkpoints = [];
  /** @type {{ place: number, world: World } | undefined} where one has looked last */
  #cursor;
  #isHeld = false;
  /** @type {World | undefined} as it was after the last frame that is recorded, when others were missed since */
  #atEnd;
  /** @type {Map<string, string>} each definition once, for all actors that share it */
  #definitions = new Map();

  /** @param {{ base?: World, limits?: typeof LIMITS }} [options] */
  constructor({ base = new World(), limits = LIMITS } = {}) {
    this.#base = base;
    this.#limits = limits;
    this.live = base.copy();
  }

  /** The moment before the first frame that is kept. */
  get base() {
    return this.#base;
  }

  /** The place before the first frame that is kept. */
  get start() {
    return this.#last - this.entries.length;
  }

  /** The place of the newest frame. */
  get end() {
    return this.#last;
  }

  get bytes() {
    return this.#bytes;
  }

  /** Keeps what is recorded, until it is let go: then, if frames were missed, it begins anew. @param {boolean} isHeld */
  set isHeld(isHeld) {
    this.#isHeld = isHeld;
    if (!isHeld && this.missed > 0) this.clear();
  }

  /** @param {FeedFrame} frame @param {{ at: number, size: number }} note @returns {number} its place */
  add(frame, { at, size }) {
    if (frame.type === '@troupe.hello') this.hello = frame;
    if (this.#isHeld && this.#isBeyond(HELD_TIMES)) {
      this.#miss(frame, at);
      return this.#last;
    }
    const place = ++this.#last;
    const entry = { place, at, frame: this.#sharing(frame), size };
    if (frame.type === '@xstate.actor') entry.size = Math.max(200, size - frame.definition.length);
    this.entries.push(entry);
    this.#bytes += entry.size;
    if (place % CHECKPOINT_EVERY === 0) this.#checkpoints.push({ place: place - 1, world: this.live.copy() });
    if (frame.type === '@xstate.event') this.messages.add(frame, place, at, this.live);
    else this.live.apply(entry.frame, place, at);
    if (frame.type === '@troupe.step') {
      const message = this.messages.settle(frame);
      // Who steps through what happened does not want to stop at each ping.
      const isBeat = message?.isHeartbeat ?? isHeartbeat({ type: frame.event });
      if (!isBeat) this.stops.push({ place, id: frame.sessionId });
    }
    if (frame.type === '@troupe.lost') this.lost += frame.count;
    while (!this.#isHeld && this.#isBeyond(1)) this.#fold();
    return place;
  }

  /** @param {number} place @returns {Entry | undefined} */
  entryAt(place) {
    return this.entries[place - this.start - 1];
  }

  /**
   * The world after the frame at a place. It belongs to the recording, and holds until the next call.
   * @param {number} place
   * @returns {World}
   */
  worldAt(place) {
    if (place >= this.#last) return this.#atEnd ?? this.live;
    const to = Math.max(place, this.start);
    const from = this.#nearest(to);
    for (let each = from.place + 1; each <= to; each += 1) {
      const entry = this.entryAt(each);
      if (entry) from.world.apply(entry.frame, each, entry.at);
    }
    this.#cursor = { place: to, world: from.world };
    return from.world;
  }

  /** Begins anew with what lives now. */
  clear() {
    this.#base = this.live.copy();
    this.entries = [];
    this.messages = new Messages();
    this.stops = [];
    this.lost = 0;
    this.missed = 0;
    this.#atEnd = undefined;
    this.#bytes = 0;
    this.#checkpoints = [];
    this.#cursor = undefined;
  }

  /** @param {number} place @returns {{ place: number, world: World }} whose world may be changed */
  #nearest(place) {
    const before = this.#checkpoints.findLast((each) => each.place <= place);
    const kept = before ?? { place: this.start, world: this.#base };
    const cursor = this.#cursor;
    if (cursor && cursor.place <= place && cursor.place >= kept.place) return cursor;
    return { place: kept.place, world: kept.world.copy() };
  }

  /** @param {number} times of the limits */
  #isBeyond(times) {
    const { frames, bytes } = this.#limits;
    return this.entries.length > frames * times || this.#bytes > bytes * times;
  }

  /** @param {FeedFrame} frame @param {number} at */
  #miss(frame, at) {
    this.#atEnd ??= this.live.copy();
    this.missed += 1;
    this.live.apply(frame, this.#last, at);
  }

  #fold() {
    const dropped = this.entries.splice(0, Math.max(1, Math.ceil(this.entries.length / DROPPED_PART)));
    for (const { frame, place, at, size } of dropped) {
      this.#base.apply(frame, place, at);
      this.#bytes -= size;
    }
    const { start } = this;
    this.messages.dropBefore(start + 1);
    const kept = this.stops.findIndex(({ place }) => place > start);
    this.stops.splice(0, kept < 0 ? this.stops.length : kept);
    this.#checkpoints = this.#checkpoints.filter(({ place }) => place > start);
    if (this.#cursor && this.#cursor.place < start) this.#cursor = undefined;
  }

  /** @param {FeedFrame} frame @returns {FeedFrame} */
  #sharing(frame) {
    if (frame.type !== '@xstate.actor') return frame;
    const known = this.#definitions.get(frame.definition);
    if (known === undefined) this.#definitions.set(frame.definition, frame.definition);
    return known === undefined ? frame : { ...frame, definition: known };
  }
}
