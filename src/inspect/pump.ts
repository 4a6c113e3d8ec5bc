/** Milliseconds. */
const GATHER_MS = 50;
/** A line of chat takes a few turns of the event loop, and meets a slice in each. */
const SLICE_MS = 1;

/** Whoever has something to be written to them. */
interface Reader {
  readonly isIdle: boolean;
  readonly isCongested: boolean;
  /** @param deadline of `performance.now()` */
  pump(deadline: number): void;
}

/** Writes to the viewers what waits for them, in slices of a millisecond, between which the chat has its turn. */
export class Pump {
  readonly #readers: Iterable<Reader>;
  readonly #safely: (look: () => void) => void;
  readonly #prepare: (deadline: number) => boolean;
  #next: NodeJS.Timeout | NodeJS.Immediate | undefined;

  /**
   * @param readers as they are by then
   * @param safely runs something whose bug must not end the process
   * @param prepare comes before each slice; says whether it has come to its end
   */
  constructor(
    readers: Iterable<Reader>,
    safely: (look: () => void) => void,
    prepare: (deadline: number) => boolean,
  ) {
    this.#readers = readers;
    this.#safely = safely;
    this.#prepare = prepare;
  }

  /** Soon there is something to write. */
  schedule(): void {
    this.#next ??= setTimeout(() => this.#run(), GATHER_MS);
  }

  #run(): void {
    this.#next = undefined;
    let isBehind = false;
    this.#safely(() => {
      isBehind = !this.#prepare(performance.now() + SLICE_MS);
    });
    const readers = [...this.#readers];
    // Each has its share, or in a storm the first would leave the others nothing.
    const share = SLICE_MS / readers.length;
    let isWaiting = false;
    for (const reader of readers) {
      this.#safely(() => reader.pump(performance.now() + share));
      if (reader.isIdle) continue;
      if (reader.isCongested) isWaiting = true;
      else isBehind = true;
    }
    if (isBehind) this.#next = setImmediate(() => this.#run());
    else if (isWaiting) this.schedule();
  }
}
