import { expect } from 'vitest';

/** Fields whose values are others in every run. */
const VOLATILE = new Set(['id', 'user_id', 'session_id', 'ts']);

/**
 * Compares what was written down with what comes now. Ids, secrets and times differ, but where one was written
 * twice one comes twice.
 */
export class Likeness {
  readonly #actual = new Map<unknown, unknown>();

  /** @throws an assertion error when the two differ in more than volatile values */
  compare(written: unknown, actual: unknown): void {
    this.#learn(written, actual);
    expect(actual).toEqual(JSON.parse(this.inActual(JSON.stringify(written))));
  }

  /** What was written, with the values of now. */
  inActual(written: string): string {
    let text = written;
    for (const [from, to] of this.#actual) text = text.replaceAll(String(from), String(to));
    return text;
  }

  /** Numbers that rose when written down rise now. */
  expectSameOrder(): void {
    const pairs = [...this.#actual].filter(
      (pair): pair is [number, number] => Number.isInteger(pair[0]) && typeof pair[1] === 'number',
    );
    const actual = pairs.sort(([a], [b]) => a - b).map(([, now]) => now);
    expect(actual).toEqual(actual.toSorted((a, b) => a - b));
    expect(new Set(actual).size).toBe(actual.length);
  }

  #learn(written: unknown, actual: unknown): void {
    if (typeof written !== 'object' || written === null || typeof actual !== 'object' || !actual) return;
    for (const [key, value] of Object.entries(written)) {
      const now = (actual as Record<string, unknown>)[key];
      if (VOLATILE.has(key) && typeof value === typeof now && !this.#actual.has(value)) {
        this.#actual.set(value, now);
      } else this.#learn(value, now);
    }
  }
}
