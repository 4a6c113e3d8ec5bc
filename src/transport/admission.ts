import type { Clock } from '../actors/clock.ts';

export interface AdmissionLimits {
  /** All at once. */
  connections: number;
  /** At once, of one address; 0 = off. */
  perAddress: number;
  /** New ones in a minute, of one address; 0 = off. */
  perMinute: number;
}

interface Visitor {
  open: number;
  tokens: number;
  filledAt: number;
  /** For each of their connections the same. */
  readonly leave: () => void;
}

const MINUTE_MS = 60_000;
/** Addresses remembered before the idle ones are looked through. */
const VISITORS_SWEPT_AT = 10_000;

/** Counts the connections, in all and by address. */
export class Gate {
  readonly #clock: Clock;
  readonly #limits: AdmissionLimits;
  readonly #visitors = new Map<string, Visitor>();
  #open = 0;
  #sweepAt = VISITORS_SWEPT_AT;

  constructor(clock: Clock, limits: AdmissionLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  get open(): number {
    return this.#open;
  }

  /**
   * Lets a connection in.
   * @returns what is to be called when it has ended; undefined when there are too many
   */
  enter(address: string): (() => void) | undefined {
    const { connections, perAddress, perMinute } = this.#limits;
    const visitor = this.#visitor(networkOf(address));
    if (this.#open >= connections) return undefined;
    if (perAddress > 0 && visitor.open >= perAddress) return undefined;
    if (perMinute > 0 && visitor.tokens < 1) return undefined;
    visitor.tokens -= 1;
    visitor.open += 1;
    this.#open += 1;
    return visitor.leave;
  }

  #visitor(network: string): Visitor {
    const { perMinute } = this.#limits;
    const now = this.#clock.now();
    const visitor = this.#visitors.get(network) ?? this.#newVisitor(now);
    visitor.tokens = Math.min(perMinute, visitor.tokens + ((now - visitor.filledAt) / MINUTE_MS) * perMinute);
    visitor.filledAt = now;
    this.#visitors.set(network, visitor);
    if (this.#visitors.size > this.#sweepAt) this.#sweep(now);
    return visitor;
  }

  #newVisitor(now: number): Visitor {
    const visitor: Visitor = {
      open: 0,
      tokens: this.#limits.perMinute,
      filledAt: now,
      leave: () => {
        visitor.open -= 1;
        this.#open -= 1;
      },
    };
    return visitor;
  }

  /** Forgets the addresses that have nothing open and their tokens back. */
  #sweep(now: number): void {
    for (const [network, { open, filledAt }] of this.#visitors) {
      if (open === 0 && now - filledAt >= MINUTE_MS) this.#visitors.delete(network);
    }
    this.#sweepAt = Math.max(VISITORS_SWEPT_AT, this.#visitors.size * 2);
  }
}

/** One subscriber has a whole /64 of IPv6 addresses at hand, so these count as one. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::') ? Array(Math.max(0, 8 - front.length - back.length)).fill('0') : [];
  return `${[...front, ...zeros, ...back].slice(0, 4).join(':')}::/64`;
}
