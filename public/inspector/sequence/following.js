// @ts-check

/** Pixels; browsers round where one has scrolled to. */
const END_NEAR = 4;

/** Whether the end of what scrolls is kept in sight: until the reader goes up, and again when they have come back. */
export class Following {
  isOn = true;
  #scroller;
  #lastTop = 0;

  /** @param {HTMLElement} scroller */
  constructor(scroller) {
    this.#scroller = scroller;
  }

  get isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight <= END_NEAR;
  }

  toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#lastTop = this.#scroller.scrollTop;
  }

  /** Scrolls without the reader having asked for it. @param {number} top pixels */
  goTo(top) {
    this.#scroller.scrollTop = top;
    this.#lastTop = this.#scroller.scrollTop;
  }

  /** After a scroll, whoever did it. */
  note() {
    const { scrollTop } = this.#scroller;
    if (scrollTop < this.#lastTop) this.isOn = false;
    else if (scrollTop > this.#lastTop && this.isAtEnd) this.isOn = true;
    this.#lastTop = scrollTop;
  }
}
