// @ts-check

/** @import { Area } from '../layout/plan.js' */

/** Times the size in which letters are as large as elsewhere on the page. */
const SMALLEST = 0.1;
const LARGEST = 3;
/** Smaller than this nobody can read it: rather a part of the chart than all of it. */
const READABLE = 0.58;

/** Pixels around a chart that is shown whole, and of it that stay in sight wherever one moves. */
const MARGIN = 20;
const KEPT = 60;
/** Pixels at the lower edge over which the buttons and the timers lie. */
const FOOT = 44;

/** Pixels between the dots of the ground. */
const GRID = 20;

/** Which part of the chart is shown, and how large. */
export class Viewport {
  #canvas;
  #picture;
  #chart = { width: 1, height: 1 };
  /** Of the chart, at the middle of the window. */
  #middle = { x: 0, y: 0 };
  #scale = 1;
  /** By itself, until someone takes it in hand or asks for the whole. @type {'itself' | 'whole' | 'hand'} */
  #mode = 'itself';
  /** @type {Area | undefined} */
  #present;

  /** @param {HTMLElement} canvas @param {SVGSVGElement} picture that fills it */
  constructor(canvas, picture) {
    this.#canvas = canvas;
    this.#picture = picture;
    new ResizeObserver(() => this.#settle()).observe(canvas);
  }

  get scale() {
    return this.#scale;
  }

  /** For another chart. @param {{ width: number, height: number }} chart */
  frame(chart) {
    this.#chart = { width: chart.width, height: chart.height };
    this.#present = undefined;
    this.#mode = 'itself';
    this.#settle();
  }

  /** Shows all of the chart. */
  fit() {
    this.#mode = 'whole';
    this.#settle();
  }

  /** Keeps the present state in sight, where the whole chart would be too small. @param {Area | undefined} present */
  follow(present) {
    this.#present = present;
    if (this.#mode === 'itself') this.#settle();
  }

  /** @param {number} dx pixels of the window @param {number} dy */
  panBy(dx, dy) {
    this.#mode = 'hand';
    this.#middle = { x: this.#middle.x + dx / this.#scale, y: this.#middle.y + dy / this.#scale };
    this.#settle();
  }

  /**
   * @param {number} factor
   * @param {{ x: number, y: number }} [at] what stays where it is, in pixels of the window from its middle
   */
  zoomBy(factor, at = { x: 0, y: 0 }) {
    this.#mode = 'hand';
    const scale = Math.min(LARGEST, Math.max(SMALLEST, this.#scale * factor));
    const change = 1 / this.#scale - 1 / scale;
    this.#middle = { x: this.#middle.x + at.x * change, y: this.#middle.y + at.y * change };
    this.#scale = scale;
    this.#settle();
  }

  #settle() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    // Not shown at all: it is settled when it is.
    if (width === 0 || height === 0) return;
    const chart = this.#chart;
    if (this.#mode !== 'hand') {
      const whole = Math.min(
        (width - 2 * MARGIN) / chart.width,
        (height - FOOT - 2 * MARGIN) / chart.height,
        1.1,
      );
      const isLegible = whole >= READABLE || this.#mode === 'whole';
      this.#scale = Math.max(SMALLEST, isLegible ? whole : READABLE);
      const room = {
        width: width / this.#scale - 2 * MARGIN,
        height: (height - FOOT) / this.#scale - 2 * MARGIN,
      };
      const { x, y, width: w, height: h } = this.#present ?? { x: 0, y: 0, width: 0, height: 0 };
      this.#middle = {
        x: centred(x + w / 2, room.width, chart.width),
        y: centred(y + h / 2, room.height, chart.height) + FOOT / 2 / this.#scale,
      };
    }
    const reach = { x: (width / 2 - KEPT) / this.#scale, y: (height / 2 - KEPT) / this.#scale };
    this.#middle = {
      x: Math.min(chart.width + reach.x, Math.max(-reach.x, this.#middle.x)),
      y: Math.min(chart.height + reach.y, Math.max(-reach.y, this.#middle.y)),
    };
    this.#show(width / this.#scale, height / this.#scale);
  }

  /** @param {number} width of what is shown of the chart @param {number} height */
  #show(width, height) {
    const left = this.#middle.x - width / 2;
    const top = this.#middle.y - height / 2;
    this.#picture.setAttribute('viewBox', [left, top, width, height].map((n) => n.toFixed(2)).join(' '));
    // The ground goes along with the chart.
    const grid = GRID * this.#scale * (this.#scale < 0.4 ? 4 : 1);
    this.#canvas.style.backgroundSize = `${grid}px ${grid}px`;
    this.#canvas.style.backgroundPosition = `${-left * this.#scale}px ${-top * this.#scale}px`;
  }
}

/**
 * The middle of the window along one direction: that of the chart if it has room, else near `wanted`, but not beyond
 * the chart's ends.
 * @param {number} wanted
 * @param {number} room
 * @param {number} length of the chart
 */
function centred(wanted, room, length) {
  if (room >= length) return length / 2;
  return Math.min(length - room / 2, Math.max(room / 2, wanted));
}
