import { Slices } from './slices.ts';

/** The time that actors go by. Tests hand in one that they step; xstate's `SimulatedClock` fits. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(id: unknown): void;
}

const slices = new Slices();

/** Thousands of timers may be due at once, as when a network was cut off and its users' grace ends. */
export const systemClock: Clock = {
  now: Date.now,
  setTimeout: (run, ms) => new Expiry(run, ms),
  clearTimeout: (id) => (id as Expiry | undefined)?.cancel(),
};

class Expiry {
  readonly #timeout: NodeJS.Timeout;
  #run: (() => void) | undefined;

  constructor(run: () => void, ms: number) {
    this.#run = run;
    this.#timeout = setTimeout(() => slices.add(() => this.#run?.()), ms);
  }

  /** Also when it is due already and only waits for its turn. */
  cancel(): void {
    this.#run = undefined;
    clearTimeout(this.#timeout);
  }
}
