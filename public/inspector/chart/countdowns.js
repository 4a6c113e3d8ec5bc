// @ts-check
import { make } from '../../dom.js';

/** @import { TimerView } from '../../../src/inspect/wire.ts' */
/** @import { Drawing } from './drawing/drawing.js' */

/** A room full of people who type has as many timers; these are those that end first. */
const MOST_LISTED = 6;

/**
 * @typedef {object} Countdown
 * @property {number} delay milliseconds in all
 * @property {number} left milliseconds when it was shown
 * @property {Element} words where it says what is left
 * @property {SVGElement | HTMLElement} bar from nothing to its full width
 */

/** The delays that run: at their transition where the chart has one, else in a list. */
export class Countdowns {
  list = make('ul', { class: 'timers', 'aria-label': 'Timers' });
  /** @type {Countdown[]} */
  #running = [];
  #isLive = false;
  #isVisible = false;
  /** When they were shown, on the clock of the page. */
  #since = 0;
  #frame = 0;

  /**
   * @param {Drawing | undefined} drawing
   * @param {TimerView[]} timers
   * @param {boolean} isLive whether time goes on for them
   */
  show(drawing, timers, isLive) {
    /** @type {Drawing['countdowns']} */
    const places = drawing?.countdowns ?? new Map();
    for (const place of [...places.values()].flat()) place.toggleAttribute('hidden', true);
    const soonest = timers.toSorted((a, b) => a.delay - a.elapsed - (b.delay - b.elapsed));
    const others = soonest.filter(({ event }) => !places.has(event));
    const rows = others.slice(0, MOST_LISTED).map(listed);
    const rest = others.length - rows.length;
    this.list.replaceChildren(
      ...rows.map(({ item }) => item),
      ...(rest > 0 ? [make('li', { class: 'rest' }, `and ${rest} more`)] : []),
    );
    this.list.toggleAttribute('hidden', rows.length === 0);
    this.#running = [
      ...soonest.flatMap((timer) =>
        (places.get(timer.event) ?? []).flatMap((place) => onArrow(place, timer)),
      ),
      ...rows.map(({ countdown }) => countdown),
    ];
    this.#isLive = isLive;
    this.#since = performance.now();
    this.#tick();
  }

  /** Nothing is counted that nobody sees. @param {boolean} isVisible */
  setVisible(isVisible) {
    this.#isVisible = isVisible;
    this.#tick();
  }

  #tick = () => {
    cancelAnimationFrame(this.#frame);
    const gone = this.#isLive ? performance.now() - this.#since : 0;
    let isCounting = false;
    for (const { delay, left, words, bar } of this.#running) {
      const now = Math.max(0, left - gone);
      isCounting ||= now > 0;
      const text = leftWords(now);
      if (words.textContent !== text) words.textContent = text;
      bar.style.transform = `scaleX(${delay > 0 ? Math.min(1, 1 - now / delay) : 1})`;
    }
    if (isCounting && this.#isLive && this.#isVisible) this.#frame = requestAnimationFrame(this.#tick);
  };
}

/** @param {SVGGElement} place @param {TimerView} timer @returns {Countdown[]} */
function onArrow(place, { delay, elapsed }) {
  place.toggleAttribute('hidden', false);
  const words = place.querySelector('.left');
  const bar = /** @type {SVGElement | null} */ (place.querySelector('.bar'));
  return words && bar ? [{ delay, left: delay - elapsed, words, bar }] : [];
}

/** @param {TimerView} timer */
function listed({ event, delay, elapsed }) {
  const words = make('span', { class: 'left' });
  const bar = make('span', { class: 'bar' });
  const item = make('li', {}, make('span', { class: 'event' }, event), words, bar);
  return { item, countdown: { delay, left: delay - elapsed, words, bar } };
}

/** @param {number} ms */
function leftWords(ms) {
  const seconds = ms / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return seconds < 3_600 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
