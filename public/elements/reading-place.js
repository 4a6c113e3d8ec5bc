// @ts-check

/** Pixels from the end within which the log follows what comes. */
const END_NEAR = 60;
/** Pixels from the start within which earlier lines are drawn, or asked for. */
const START_NEAR = 400;

/** Where in the log one reads: at its end, following what comes, or at a line that must not move. */
export class ReadingPlace {
  /** Whether the newest line is kept in sight. */
  follows = true;
  #log;
  #lastTop = 0;

  /** @param {HTMLElement} log which scrolls */
  constructor(log) {
    this.#log = log;
  }

  get isNearStart() {
    return this.#log.scrollTop < START_NEAR;
  }

  /**
   * Changes the log so that what is read stays where it is.
   * @param {(top: number) => Element | undefined} rowAt the row at a height of the window
   * @param {() => void} change
   */
  keep(rowAt, change) {
    const log = this.#log;
    // The end of the first row in sight: what stands above its line may come and go.
    const anchor = this.follows ? undefined : rowAt(log.getBoundingClientRect().top);
    const before = anchor?.getBoundingClientRect().bottom ?? 0;
    change();
    if (this.follows) this.toEnd();
    else if (anchor?.isConnected) log.scrollTop += anchor.getBoundingClientRect().bottom - before;
    this.#lastTop = log.scrollTop;
  }

  toEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** To a row above what is in sight, with a little of what comes before it. @param {HTMLElement} row */
  goBackTo(row) {
    const log = this.#log;
    const above = row.getBoundingClientRect().top - log.getBoundingClientRect().top;
    if (above >= 0) return;
    this.follows = false;
    log.scrollTop += above - log.clientHeight / 4;
    this.#lastTop = log.scrollTop;
  }

  /** After a scroll, whoever did it. */
  note() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    if (scrollHeight - scrollTop - clientHeight < END_NEAR) this.follows = true;
    // Only someone who scrolls goes up: what grows below moves nothing.
    else if (scrollTop < this.#lastTop) this.follows = false;
    this.#lastTop = scrollTop;
  }
}
