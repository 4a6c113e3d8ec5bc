// @ts-check

/** Milliseconds in which the feed's changes are gathered. */
const GATHERED_FOR = 100;

/** Draws the views: at once when the user did something, at most ten times a second when the feed did. */
export class Redraws {
  #draw;
  /** @type {number | undefined} */
  #timer;
  /** @type {number | undefined} */
  #frame;

  /** @param {() => void} draw */
  constructor(draw) {
    this.#draw = draw;
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.now();
    });
  }

  /** Within the time in which changes are gathered. @param {number} [after] milliseconds */
  soon(after = GATHERED_FOR) {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // Nobody sees a hidden page: it is drawn when it shows.
      if (!document.hidden) this.now();
    }, after);
  }

  /** Before the next picture. */
  now() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#draw();
    });
  }
}
