// @ts-check
import { reconcile } from '../../dom.js';
import { EventRow } from './event-row.js';

/** @import { LanePlan } from './geometry.js' */
/** @import { ShownMessages } from './shown-messages.js' */

/**
 * @typedef {object} RowsView
 * @property {number} from the first place that is in sight, or nearly
 * @property {number} to the place behind the last
 * @property {number} row pixels, the height of each
 * @property {LanePlan | undefined} plan
 * @property {{ left: number, width: number }} view rem, from side to side
 * @property {number | undefined} active id of the message that the keyboard is at
 * @property {number | undefined} chosen id of the message whose details are shown
 * @property {number | undefined} playhead id of the last message that has happened
 */

/** The rows in sight, of however many there are. A row keeps its element while it stays in sight. */
export class EventRows {
  #grid;
  #messages;
  /** @type {Map<number, EventRow>} */
  #rows = new Map();
  /** @type {EventRow[]} */
  #spare = [];

  /** @param {HTMLElement} grid @param {ShownMessages} messages */
  constructor(grid, messages) {
    this.#grid = grid;
    this.#messages = messages;
  }

  /** @param {RowsView} view */
  draw(view) {
    const places = this.#placesOf(view);
    const ids = places.map((place) => this.#messages.at(place)?.id);
    this.#release(new Set(ids));
    const elements = places.map((place) => this.#drawAt(place, view)).filter((each) => each !== undefined);
    reconcile(this.#grid, elements);
    this.#grid.ariaRowCount = String(this.#messages.count);
    const active = view.active === undefined ? undefined : this.#rows.get(view.active);
    if (active) this.#grid.setAttribute('aria-activedescendant', active.element.id);
    else this.#grid.removeAttribute('aria-activedescendant');
  }

  /** The active row is drawn wherever it is: a screen reader is told of it by its element. @param {RowsView} view */
  #placesOf({ from, to, active }) {
    const places = Array.from({ length: to - from }, (_, i) => from + i);
    if (active === undefined) return places;
    const place = this.#messages.placeOf(active);
    if (place >= from && place < to) return places;
    return place < from ? [place, ...places] : [...places, place];
  }

  /** @param {Set<number | undefined>} wanted */
  #release(wanted) {
    for (const [id, row] of this.#rows) {
      if (wanted.has(id)) continue;
      row.element.remove();
      this.#rows.delete(id);
      this.#spare.push(row);
    }
  }

  /** @param {number} place @param {RowsView} view */
  #drawAt(place, { row: height, plan, view, active, chosen, playhead }) {
    const messages = this.#messages;
    const message = messages.at(place);
    if (!message) return undefined;
    const { id } = message;
    const row = this.#rows.get(id) ?? this.#spare.pop() ?? new EventRow();
    this.#rows.set(id, row);
    const above = messages.at(place - 1);
    const isBeyond = plan !== undefined && !plan.isInSight(message, view);
    row.draw({ message, place, since: above && Math.max(0, message.at - above.at), plan, isBeyond });
    const { element } = row;
    element.style.top = `${place * height}px`;
    element.ariaSelected = String(id === chosen);
    element.classList.toggle('active', id === active);
    element.classList.toggle('to-come', playhead !== undefined && id > playhead);
    // Where the present ends, also when the message there is hidden.
    const next = messages.at(place + 1);
    const isLast = playhead !== undefined && id <= playhead && (!next || next.id > playhead);
    element.classList.toggle('playhead', isLast);
    return element;
  }
}
