/** Deletes what nobody can ask for any more, some at a time, while there is nothing else to do. */
export class Tidying {
  readonly #some: () => boolean;
  readonly #isBusy: () => boolean;
  #next: NodeJS.Immediate | undefined;
  /** Whether there may be something to delete: at first nobody knows. */
  #hasMore = true;

  /**
   * @param some deletes some of it, and returns whether there is more
   * @param isBusy whether something is being committed
   */
  constructor(some: () => boolean, isBusy: () => boolean) {
    this.#some = some;
    this.#isBusy = isBusy;
  }

  /** At once, whatever else there is to do. */
  now(): void {
    try {
      this.#hasMore = this.#some();
    } catch {
      // A full disk, say: it is tried again some commits later.
      this.#hasMore = false;
    }
    this.goOn();
  }

  /** When there is time; what has come between is committed first, and then this is to be called again. */
  goOn(): void {
    if (!this.#hasMore) return;
    this.#next ??= setImmediate(() => {
      this.#next = undefined;
      if (!this.#isBusy()) this.now();
    });
  }

  stop(): void {
    this.#hasMore = false;
    clearImmediate(this.#next);
  }
}
