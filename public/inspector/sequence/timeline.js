// @ts-check
import { make } from '../../dom.js';
import { EventRows } from './event-rows.js';
import { Following } from './following.js';
import { HEAD, LanePlan, layoutFor, ROW, windowOf } from './geometry.js';
import { KeptLane } from './kept-lane.js';
import { LaneHeads } from './lane-heads.js';
import { LanesInView } from './lanes-in-view.js';

/** @import { ShownMessages } from './shown-messages.js' */

/** The rows between the lanes' heads and the end, of which it draws those in sight, once a frame at most. */
export class Timeline {
  grid = make('div', { class: 'rows', 'aria-label': 'Events' });
  element;
  lanes;
  /** @type {number | undefined} id of the message that the keyboard is at */
  active;
  /** @type {number | undefined} id of the message whose details are shown */
  chosen;
  /** @type {number | undefined} id of the last message that has happened, unless all have */
  playhead;
  #messages;
  #heads = new LaneHeads((place) => this.#revealLane(place));
  #canvas = make('div', { class: 'canvas' }, this.#heads.heads, this.#heads.lines, this.grid);
  #scroller = make('div', { class: 'scroller' }, this.#canvas);
  #newest = make('button', { class: 'newest' });
  #following = new Following(this.#scroller);
  kept = new KeptLane(this.#scroller);
  #rows;
  #newCount = 0;
  /** @type {{ id: number, offset: number } | undefined} the row at the top, and how far it is scrolled over */
  #anchor;
  /** @type {LanePlan | undefined} */
  #plan;
  #frame = 0;
  /** Pixels. */
  #rem = 16;
  #row = 1;
  #head = 0;

  /** @param {ShownMessages} messages */
  constructor(messages) {
    this.#messages = messages;
    this.lanes = new LanesInView(messages);
    this.#rows = new EventRows(this.grid, messages);
    this.grid.role = 'grid';
    this.grid.tabIndex = 0;
    this.#newest.type = 'button';
    // Before the first drawing nobody knows what is out of sight.
    this.#newest.hidden = true;
    this.#newest.addEventListener('click', () => {
      this.follow();
      this.grid.focus({ preventScroll: true }); // The button is about to go.
    });
    this.#scroller.addEventListener('scroll', () => this.#noteScroll(), { passive: true });
    new ResizeObserver(() => this.schedule()).observe(this.#scroller);
    this.element = make('div', { class: 'stage' }, this.#scroller, this.#newest);
  }

  get pageRows() {
    return Math.max(1, Math.floor(this.#viewHeight / this.#row) - 1);
  }

  /** The place of the last row that is wholly in sight. */
  get lastInSight() {
    const places = Math.floor((this.#scroller.scrollTop + this.#viewHeight) / this.#row) - 1;
    return Math.max(0, Math.min(this.#messages.count - 1, places));
  }

  /** @param {number} added rows at the end */
  noteAdded(added) {
    if (!this.#following.isOn) this.#newCount += added;
    this.schedule();
  }

  follow() {
    this.#following.isOn = true;
    this.kept.begin();
    this.schedule();
  }

  /** Stays where one reads, whatever comes. */
  stay() {
    this.#following.isOn = false;
    this.schedule();
  }

  /** Brings the message at a place into sight, and no further. @param {number} place */
  reveal(place) {
    const top = place * this.#row;
    const highest = top + this.#row - this.#viewHeight;
    const { scrollTop } = this.#scroller;
    this.#following.goTo(Math.min(top, Math.max(highest, scrollTop)));
    this.#noteAnchor();
    this.kept.end();
    this.draw(); // Then it is known where its lanes are.
    const message = this.#messages.at(place);
    if (message && this.#plan) this.#scrollTo(this.#plan.leftToSeeArrow(message, this.#view));
  }

  /** Draws before the next frame is shown. */
  schedule() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.draw();
    });
  }

  draw() {
    const { clientWidth, clientHeight } = this.#scroller;
    const { count } = this.#messages;
    if (clientWidth === 0) return; // Not shown at present; being shown is a change of size.
    this.#rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const layout = layoutFor(clientWidth / this.#rem);
    this.element.dataset.layout = layout;
    this.element.style.setProperty('--row', `${ROW[layout]}rem`);
    this.#row = ROW[layout] * this.#rem;
    this.#head = layout === 'diagram' ? HEAD * this.#rem : 0;
    this.grid.style.height = `${count * this.#row}px`;
    this.grid.hidden = count === 0;
    this.#keepPlace();
    const height = clientHeight - this.#head;
    let view = this.#view; // Read before anything else is written, or the browser would lay out anew for it.
    const window = windowOf({ top: this.#scroller.scrollTop, height, row: this.#row, count });
    const plan = layout === 'diagram' ? this.#planFor(window, clientWidth / this.#rem) : undefined;
    if (!plan) this.#plan = undefined;
    this.#canvas.style.width = plan ? `${plan.width}rem` : '';
    if (plan && this.kept.apply(plan, { ...view, rem: this.#rem })) view = this.#view;
    const { active, chosen, playhead } = this;
    this.#rows.draw({ ...window, row: this.#row, plan, view, active, chosen, playhead });
    if (plan) this.#heads.draw(plan, plan.lanesIn(view));
    this.#drawNewest();
  }

  get #viewHeight() {
    return this.#scroller.clientHeight - this.#head;
  }

  /** At the end, or at the same row although others above it have gone or come. */
  #keepPlace() {
    const anchor = this.#anchor;
    if (this.#following.isOn) this.#following.toEnd();
    else if (anchor) {
      const top = this.#messages.placeOf(anchor.id) * this.#row + anchor.offset;
      if (Math.abs(top - this.#scroller.scrollTop) >= 1) this.#following.goTo(top);
    }
    this.#noteAnchor();
  }

  #noteAnchor() {
    const { scrollTop } = this.#scroller;
    const place = Math.floor(scrollTop / this.#row);
    const id = this.#messages.at(place)?.id;
    this.#anchor = id === undefined ? undefined : { id, offset: scrollTop - place * this.#row };
  }

  /** @param {{ from: number, to: number }} window @param {number} width rem */
  #planFor(window, width) {
    const lanes = this.lanes.lanesFor(window);
    // A plan that stays the same object lets the rows be as they are.
    if (this.#plan?.lanes !== lanes || this.#plan.available !== width)
      this.#plan = new LanePlan(lanes, width);
    return this.#plan;
  }

  /** @param {number} place */
  #revealLane(place) {
    this.kept.end();
    if (this.#plan) this.#scrollTo(this.#plan.leftToSee(place, this.#view));
    this.draw();
  }

  /** @param {number} left rem */
  #scrollTo(left) {
    if (Math.abs(left - this.#view.left) > 0.1) this.#scroller.scrollLeft = left * this.#rem;
  }

  /** From side to side, in rem. */
  get #view() {
    const { scrollLeft, clientWidth } = this.#scroller;
    return { left: scrollLeft / this.#rem, width: clientWidth / this.#rem };
  }

  #noteScroll() {
    this.#following.note();
    this.kept.note();
    this.#noteAnchor();
    this.schedule();
  }

  #drawNewest() {
    const { isOn } = this.#following;
    if (isOn) this.#newCount = 0;
    this.#newest.hidden = isOn || (this.#newCount === 0 && this.#following.isAtEnd);
    this.#newest.textContent =
      this.#newCount > 0 ? `${this.#newCount.toLocaleString()} new` : 'Jump to newest';
  }
}
