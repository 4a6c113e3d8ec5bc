/** The two ways to have the disk take what was written. */
export interface Disk {
  /** Returns when it is done; meanwhile the event loop stands still. */
  wait(): void;
  /** By a thread, and the event loop is called back. */
  hand(): Promise<void>;
  /** Milliseconds of a clock that is never set. */
  now(): number;
}

/** To hand a sync to a thread and be called back by it costs about as much processor time as one that is so quick. */
const QUICK_MS = 0.5;
/** A server that sent a few messages meanwhile would not have answered others sooner. */
const SLOW_MS = 2;
/** So many quick ones in a row, and the next is waited for. */
const TRUSTED_AFTER = 8;
/** The same once one that was waited for has been slow. */
const TRUSTED_AGAIN_AFTER = 1_000;

/**
 * Waits for a disk as long as it is a quick one, and hands the sync to a thread else. A disk that becomes slow makes the
 * loop stand still once in a thousand commits.
 */
export class Syncing {
  readonly #disk: Disk;
  #needed = TRUSTED_AFTER;
  #inARow = 0;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /**
   * @returns nothing when all is on the disk already
   * @throws an error of the file system, or rejects with it
   */
  sync(): Promise<void> | undefined {
    const begun = this.#disk.now();
    if (this.#inARow < this.#needed) return this.#disk.hand().then(() => this.#learn(begun));
    this.#disk.wait();
    if (this.#disk.now() - begun > SLOW_MS) {
      this.#inARow = 0;
      this.#needed = TRUSTED_AGAIN_AFTER;
    }
    return undefined;
  }

  #learn(begun: number): void {
    this.#inARow = this.#disk.now() - begun <= QUICK_MS ? this.#inARow + 1 : 0;
  }
}
