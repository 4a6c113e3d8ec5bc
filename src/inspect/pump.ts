/** Milliseconds. */
const GATHER_MS = 50;
const SLICE_MS = 4;

/** Whoever has something to be written to them. */
interface Reader {
  readonly isIdle: boolean;
  readonly isCongested: boolean;
  /** @param deadline of `performance.now()` */
  pump(deadline: number): void;
}

/** Writes to the viewers what waits for them, in slices of a few milliseconds, between which the chat has its turn. */
export class Pump {
  readonly #readers: Iterable<Reader>;
  readonly #safely: (look: () => void) => void;
  readonly #prepare: () => void;
  #next: NodeJS.Timeout | NodeJS.Immediate | undefined;

  /**
   * @param readers as they are by then
   * @param safely runs something whose bug must not end the process
   * @param prepare comes before each slice
   */
  constructor(readers: Iterable<Reader>, safely: (look: () => void) => void, prepare: () => void) {
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
    this.#safely(this.#prepare);
    const deadline = performance.now() + SLICE_MS;
    let isBehind = false;
    let isWaiting = false;
    for (const reader of this.#readers) {
      this.#safely(() => reader.pump(deadline));
      if (reader.isIdle) continue;
      if (reader.isCongested) isWaiting = true;
      else isBehind = true;
    }
    if (isBehind) this.#next = setImmediate(() => this.#run());
    else if (isWaiting) this.schedule();
  }
}
