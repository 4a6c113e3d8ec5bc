// @ts-check
/** @import { LanePlan } from './geometry.js' */

/** Keeps the lane of the actor that is looked at in the middle, until the reader goes to the side. */
export class KeptLane {
  /** @type {string | undefined} */
  #id;
  #isOn = true;
  #scroller;
  #lastLeft = 0;

  /** @param {HTMLElement} scroller */
  constructor(scroller) {
    this.#scroller = scroller;
  }

  /** @param {string | undefined} id of the actor; another one is kept anew */
  set id(id) {
    if (id === this.#id) return;
    this.#id = id;
    this.#isOn = true;
  }

  begin() {
    this.#isOn = true;
  }

  end() {
    this.#isOn = false;
  }

  /**
   * After the canvas has got its width.
   * @param {LanePlan} plan
   * @param {{ left: number, width: number, rem: number }} view all but `rem` in rem
   * @returns {boolean} whether it has scrolled
   */
  apply(plan, { left, width, rem }) {
    const place = this.#isOn ? plan.lanes.findIndex(({ id }) => id === this.#id) : -1;
    const wanted = place < 0 ? left : plan.leftToCenter(place, width);
    const isElsewhere = Math.abs(wanted - left) > 0.1;
    if (isElsewhere) this.#scroller.scrollLeft = wanted * rem;
    this.#lastLeft = isElsewhere ? this.#scroller.scrollLeft : left * rem;
    return isElsewhere;
  }

  /** After a scroll, whoever did it. */
  note() {
    if (Math.abs(this.#scroller.scrollLeft - this.#lastLeft) > 1) this.#isOn = false;
  }
}
