import { type Mistake, mistake } from '../../protocol/errors.ts';
import type { Clock } from '../clock.ts';

/** How far a client may overdraw before it counts as one that goes on regardless. */
const BURSTS_OF_PATIENCE = 5;
const FRAMES_OF_PATIENCE = 100;

/** Tokens that adding up fractions of them may lose. */
const ROUNDING = 1e-9;

export type Verdict = { kind: 'granted' } | { kind: 'refused'; mistake: Mistake } | { kind: 'flood' };

const GRANTED: Verdict = { kind: 'granted' };

/** A token bucket for frames, shared by the connections of a session. */
export class Budget {
  readonly #clock: Clock;
  readonly #burst: number;
  readonly #perSecond: number;
  #tokens: number;
  #overdrawn = 0;
  #filledAt: number;

  /** @param perSecond refill; 0 turns the limit off */
  constructor(clock: Clock, burst: number, perSecond: number) {
    this.#clock = clock;
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#tokens = burst;
    this.#filledAt = clock.now();
  }

  /** Takes a token for one frame. */
  spend(): Verdict {
    if (this.#perSecond === 0) return GRANTED;
    this.#refill();
    if (this.#tokens >= 1 - ROUNDING) {
      this.#tokens -= 1;
      return GRANTED;
    }
    this.#overdrawn += 1;
    const patience = Math.max(this.#burst * BURSTS_OF_PATIENCE, FRAMES_OF_PATIENCE);
    if (this.#overdrawn > patience) return { kind: 'flood' };
    // Rounded up to whole milliseconds, so that whoever waits this long does succeed.
    const retryAfter = Math.ceil(((1 - this.#tokens) / this.#perSecond) * 1000) / 1000;
    return { kind: 'refused', mistake: { ...mistake('rate_limited', String(retryAfter)), retryAfter } };
  }

  #refill(): void {
    const now = this.#clock.now();
    const gained = (Math.max(0, now - this.#filledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    this.#overdrawn = Math.max(0, this.#overdrawn - gained);
    this.#filledAt = now;
  }
}
