import { PATIENCE_MS, whenIdleFor } from './patience.mjs';

export interface Condition<T> {
  test: (item: T) => boolean;
  /** What is awaited, for the error when it does not come. */
  words: string;
}

/** What was received, in order; whoever waits for something that does not come is told what came instead. */
export class Inbox<T> {
  readonly all: T[] = [];
  readonly violations: string[] = [];
  readonly #read = new Set<T>();
  readonly #waiting = new Set<(candidates: T[]) => void>();
  readonly #noun: string;
  #ended: string | undefined;

  constructor(noun: string) {
    this.#noun = noun;
  }

  add(item: T): void {
    this.all.push(item);
    this.#wake([item]);
  }

  /** Notes a breach of the contract: everyone who waits, now or later, gets it as an error. */
  violate(what: string): void {
    this.violations.push(what);
    this.#wake();
  }

  end(why: string): void {
    this.#ended = why;
    this.#wake();
  }

  unread({ test }: Condition<T>): T[] {
    return this.all.filter((item) => !this.#read.has(item) && test(item));
  }

  forget(): void {
    for (const item of this.all) this.#read.add(item);
  }

  /** Takes the first unread item that meets the condition, now or when it comes. */
  next(condition: Condition<T>): Promise<T> {
    const where = new Error('awaited here');
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        finish();
        where.message = `no ${this.#noun}: ${condition.words} (${why}); unread:\n${this.#showUnread()}`;
        reject(where);
      };
      const look = (candidates: T[]) => {
        if (this.violations.length > 0) return fail(`contract broken: ${this.violations.join('\n')}`);
        const found = candidates.find((item) => !this.#read.has(item) && condition.test(item));
        if (found !== undefined) {
          finish();
          this.#read.add(found);
          return resolve(found);
        }
        if (this.#ended !== undefined) fail(this.#ended);
      };
      const forgive = whenIdleFor(PATIENCE_MS, () => fail(`within ${PATIENCE_MS} ms`));
      const finish = () => {
        forgive();
        this.#waiting.delete(look);
      };
      this.#waiting.add(look);
      look(this.all);
    });
  }

  #wake(candidates: T[] = []): void {
    for (const look of [...this.#waiting]) look(candidates);
  }

  #showUnread(): string {
    const lines = this.unread({ test: () => true, words: '' }).map((item) =>
      JSON.stringify(item).slice(0, 200),
    );
    return lines.slice(-20).join('\n') || '(nothing)';
  }
}
