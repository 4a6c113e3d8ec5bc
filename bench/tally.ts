const HASH = '#'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);
const DIGITS = 6;
const TEXT_LENGTH = 100;

/** The text of message `number`: the number at a place that can be read without parsing, then filler. */
export function numberedText(number: number): string {
  return `#${String(number).padStart(DIGITS, '0')} ${'lorem ipsum dolor sit amet '.repeat(4)}`.slice(
    0,
    TEXT_LENGTH,
  );
}

/**
 * Counts what all receivers together were sent, and looks that each was sent every message in order. A frame
 * is only parsed when its number is not where the last one's was.
 */
export class Tally {
  /** Milliseconds on the clock of `performance.now()`. */
  lastReadAt = 0;
  /** From the sending of a message to its reading by each receiver, in milliseconds. */
  #latencies = new Float64Array(0);
  #sentAt = 0;
  #taken = 0;
  #expected = 0;
  #numberAt = 0;
  #complete: (() => void) | undefined;
  #reject: (error: Error) => void = () => {};
  /** Rejects on the first thing that goes wrong; never resolves. */
  readonly failed = new Promise<never>((_, reject) => {
    this.#reject = reject;
  });

  constructor() {
    // It may go wrong while nobody waits; whoever waits next is told.
    this.failed.catch(() => {});
  }

  /** Begins to keep latencies, of as many deliveries as there will be. */
  keepLatencies(deliveries: number): void {
    this.#latencies = new Float64Array(deliveries);
    this.#taken = 0;
    this.#expected = 0;
  }

  get latencies(): Float64Array {
    return this.#latencies;
  }

  /** Resolves when `deliveries` more have come; messages sent from now on are timed from now. */
  expect(deliveries: number): Promise<void> {
    this.#sentAt = performance.now();
    this.#expected += deliveries;
    return new Promise((resolve) => {
      this.#complete = resolve;
    });
  }

  get missing(): number {
    return this.#expected - this.#taken;
  }

  /** @returns whether the frame was the message that the receiver had to get next */
  take(bytes: Buffer, start: number, end: number, next: number, now: number): boolean {
    let at = start + this.#numberAt;
    if (bytes[at] !== HASH || at >= end) {
      const found = this.#findNumber(bytes.toString('utf8', start, end));
      if (found === undefined) return false;
      this.#numberAt = found;
      at = start + found;
    }
    let number = 0;
    for (let i = 1; i <= DIGITS; i++) number = number * 10 + (bytes[at + i] as number) - ZERO;
    if (number !== next) {
      this.fail(new Error(`message ${number} came where ${next} was due`));
      return false;
    }
    this.#latencies[this.#taken++] = now - this.#sentAt;
    if (this.#taken === this.#expected) this.#complete?.();
    return true;
  }

  fail(error: Error): void {
    this.#reject(error);
  }

  /** Where in a message its number is; undefined when it is no message. */
  #findNumber(json: string): number | undefined {
    const frame = JSON.parse(json) as { type: string; message?: string };
    if (frame.type === 'error') this.fail(new Error(`the server refused: ${frame.message}`));
    return frame.type === 'message' ? Buffer.byteLength(json.slice(0, json.indexOf('"#') + 1)) : undefined;
  }
}
