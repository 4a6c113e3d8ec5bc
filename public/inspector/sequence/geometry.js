// @ts-check

/** @import { Lane, Message } from './lane.js' */

/** In rem, so that all grows with the reader's letters. */
const TIME = 6.25;
const LANE_MIN = 6.5;
const LANE_MAX = 16;
/** Behind the last lane, for the words at its loops. */
const TAIL = 3.5;
const LOOP = 1.75;
const GAP = 0.5;
/** A row has one message only, so its words may be longer than its arrow. */
const WORDS_MIN = 11;
/** Rem of the container's width below which there are no lanes, but lines of text. */
const DIAGRAM_MIN = 30;
export const ROW = { diagram: 2.75, list: 3.5 };
export const HEAD = 3.25;
/** Rows beyond the edges that are drawn too, so that a fast scroll meets no void. */
const OVERSCAN = 8;

/** @typedef {keyof typeof ROW} Layout */

/** @param {number} width rem @returns {Layout} */
export function layoutFor(width) {
  return width < DIAGRAM_MIN ? 'list' : 'diagram';
}

/**
 * Which rows are to be drawn, from one up to and without the other.
 * @param {{ top: number, height: number, row: number, count: number }} view in pixels, from the first row's top
 */
export function windowOf({ top, height, row, count }) {
  const from = Math.max(0, Math.min(count, Math.floor(top / row) - OVERSCAN));
  const to = Math.min(count, Math.ceil((top + height) / row) + OVERSCAN);
  return { from, to: Math.max(from, to) };
}

/** Where lanes stand, in rem: side by side, as far apart as there is room. */
export class LanePlan {
  lanes;
  available;
  laneWidth;
  width;
  /** @type {Map<string, number>} */
  #places;

  /** @param {Lane[]} lanes @param {number} available rem */
  constructor(lanes, available) {
    this.lanes = lanes;
    this.available = available;
    const share = (available - TIME - TAIL) / Math.max(1, lanes.length);
    this.laneWidth = Math.max(LANE_MIN, Math.min(LANE_MAX, share));
    this.width = Math.max(available, TIME + lanes.length * this.laneWidth + TAIL);
    this.#places = new Map(lanes.map(({ id }, place) => [id, place]));
  }

  /** The middle of the lane at a place. @param {number} place */
  middleOf(place) {
    return TIME + (place + 0.5) * this.laneWidth;
  }

  /** @param {{ left: number, width: number }} view rem @returns {{ from: number, to: number }} with one more at each side */
  lanesIn({ left, width }) {
    const from = Math.floor(left / this.laneWidth) - 1;
    const to = Math.ceil((left + width) / this.laneWidth) + 1;
    return { from: Math.max(0, from), to: Math.min(this.lanes.length, to) };
  }

  /**
   * How far to scroll so that a lane is in sight, not beneath the times.
   * @param {number} place
   * @param {{ left: number, width: number }} view rem
   */
  leftToSee(place, { left, width }) {
    const start = place * this.laneWidth;
    const end = TIME + start + this.laneWidth;
    return Math.min(start, Math.max(left, end - width));
  }

  /** How far to scroll so that a lane is in the middle, as far as there are lanes beyond it. @param {number} place @param {number} width rem */
  leftToCenter(place, width) {
    const wanted = this.middleOf(place) - TIME - (width - TIME) / 2;
    return Math.max(0, Math.min(wanted, this.width - width));
  }

  /**
   * How far to scroll so that an arrow is in sight: all of it if it fits, else where it begins.
   * @param {Message} message
   * @param {{ left: number, width: number }} view rem
   */
  leftToSeeArrow({ from, to }, { left, width }) {
    const places = [from, to].map(({ id }) => this.#places.get(id) ?? 0);
    const first = Math.min(...places) * this.laneWidth;
    const last = (Math.max(...places) + 1) * this.laneWidth;
    const room = width - TIME;
    if (last - first > room) return this.leftToSee(places[0] ?? 0, { left, width });
    return Math.min(first, Math.max(left, last - room));
  }

  /** Whether any of an arrow can be seen. @param {Message} message @param {{ left: number, width: number }} view rem */
  isInSight(message, { left, width }) {
    const arrow = this.arrowOf(message);
    return arrow.left + arrow.width > left + TIME && arrow.left < left + width;
  }

  /** @param {Message} message @returns {Arrow} */
  arrowOf({ from, to }) {
    const start = this.middleOf(this.#places.get(from.id) ?? 0);
    const end = this.middleOf(this.#places.get(to.id) ?? 0);
    if (from.id !== to.id) return this.#arrowBetween(start, end);
    const words = start + LOOP + GAP;
    const width = Math.min(WORDS_MIN, this.width - words);
    return { shape: 'loop', left: start, width: LOOP, words: { left: words, width } };
  }

  /** @param {number} start @param {number} end @returns {Arrow} */
  #arrowBetween(start, end) {
    const left = Math.min(start, end);
    const width = Math.abs(end - start);
    const middle = left + width / 2;
    // Half of what there is between the times and the end at most, so that they stay in the middle.
    const reach = Math.min(Math.max(width - 2 * GAP, WORDS_MIN) / 2, middle - TIME, this.width - middle);
    // Words stand over the whole of a long arrow, and may be shifted into sight along it.
    const words = { left: middle - reach, width: 2 * reach };
    return { shape: end > start ? 'rightward' : 'leftward', left, width, words };
  }
}

/**
 * In rem.
 * @typedef {object} Arrow
 * @property {'rightward' | 'leftward' | 'loop'} shape
 * @property {number} left
 * @property {number} width
 * @property {{ left: number, width: number }} words what is written at it
 */
