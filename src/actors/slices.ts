/** Milliseconds of work before what has come meanwhile is looked after. */
const SLICE_MS = 5;

/**
 * Work that can wait a moment, done in the order in which it came and in slices: when thousands leave at once, or
 * their time runs out, whoever asks for something meanwhile is answered between two of them.
 */
export class Slices {
  #queue: (() => void)[] = [];
  #done = 0;

  readonly add = (run: () => void): void => {
    this.#queue.push(run);
    if (this.#queue.length === 1) setImmediate(this.#work);
  };

  readonly #work = (): void => {
    const until = performance.now() + SLICE_MS;
    try {
      do this.#queue[this.#done++]?.();
      while (this.#done < this.#queue.length && performance.now() < until);
    } finally {
      // Also after a throw, which is the caller's to hear of: the others still have their turn.
      if (this.#done < this.#queue.length) {
        setImmediate(this.#work);
      } else {
        this.#queue = [];
        this.#done = 0;
      }
    }
  };
}
