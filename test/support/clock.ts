import { SimulatedClock } from 'xstate';
import type { ChatClient } from './client.ts';

/** A clock that stands still until it is stepped; it begins at a time that looks like one. */
export class SteppedClock extends SimulatedClock {
  readonly #pending = new Set<number>();

  constructor(start = Date.UTC(2024, 0, 1)) {
    super();
    this.set(start);
  }

  /** How many timers are running. */
  get pending(): number {
    return this.#pending.size;
  }

  override setTimeout(run: () => void, ms: number): number {
    const id = super.setTimeout(() => {
      this.#pending.delete(id);
      run();
    }, ms);
    this.#pending.add(id);
    return id;
  }

  override clearTimeout(id: number): void {
    this.#pending.delete(id);
    super.clearTimeout(id);
  }

  /**
   * Lets time pass in steps, and has the clients send something in each, so that none of them is taken
   * for dead.
   * @param ms milliseconds in all
   */
  async pass(ms: number, ...clients: ChatClient[]): Promise<void> {
    for (let left = ms; left > 0; left -= STEP_MS) {
      this.increment(Math.min(left, STEP_MS));
      for (const client of clients) await client.settle();
    }
  }
}

const STEP_MS = 10_000;
