import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDurableJournal } from '../../../src/journal/durable/journal.ts';
import type { Journal } from '../../../src/journal/journal.ts';
import { createMemoryJournal } from '../../../src/journal/memory.ts';

/** Where a town's server keeps everything: in memory, or in a directory that outlives it. */
export class Store {
  readonly isDurable: boolean;
  readonly #now: () => number;
  readonly #parent: string | undefined;
  #lives = 0;
  #pending = 0;
  #wake = () => {};

  constructor(isDurable: boolean, now: () => number) {
    this.isDurable = isDurable;
    this.#now = now;
    this.#parent = isDurable ? mkdtempSync(join(tmpdir(), 'troupe-town-')) : undefined;
  }

  /** The journal of the next life of the server. */
  open(): Journal {
    const journal =
      this.#parent === undefined
        ? createMemoryJournal(this.#now)
        : openDurableJournal({ directory: this.#directory, now: this.#now });
    return {
      ...journal,
      append: (record, settled) => {
        this.#pending += 1;
        journal.append(record, (outcome) => {
          settled(outcome);
          this.#pending -= 1;
          if (this.#pending === 0) this.#wake();
        });
      },
    };
  }

  /** Sets the next life upon what is on the disk at this moment, as if the server were killed now. */
  leaveAsKilled(): void {
    const before = this.#directory;
    this.#lives += 1;
    cpSync(before, this.#directory, { recursive: true });
  }

  /** Resolves when all that was appended is committed and told. @returns whether there was anything */
  async settled(): Promise<boolean> {
    const had = this.#pending > 0;
    while (this.#pending > 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return had;
  }

  remove(): void {
    if (this.#parent !== undefined) rmSync(this.#parent, { recursive: true });
  }

  get #directory(): string {
    return join(this.#parent ?? '', `${this.#lives}`);
  }
}
