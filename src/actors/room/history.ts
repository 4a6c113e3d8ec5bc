import type { Entry } from '../../protocol/entities.ts';
import { HISTORY_KEPT } from '../../protocol/limits.ts';

/** The last entries of a room, oldest first. */
export class History {
  readonly #entries: Entry[];
  #newestDropped: number;

  /** @param entries the newest ones that the journal has, oldest first */
  constructor(entries: Entry[] = []) {
    this.#entries = entries.slice(-HISTORY_KEPT);
    // A full page may have more behind it; whoever asks for what came before its first entry must be told so.
    const first = this.#entries[0];
    this.#newestDropped = first && this.#entries.length === HISTORY_KEPT ? first.id - 1 : 0;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Takes an entry in; one that is there already, as after a restart from the journal, changes nothing. */
  add(entry: Entry): void {
    const newest = this.#entries.at(-1);
    if (newest && entry.id <= newest.id) return;
    this.#entries.push(entry);
    if (this.#entries.length > HISTORY_KEPT) this.#newestDropped = (this.#entries.shift() as Entry).id;
  }

  last(count: number): Entry[] {
    return this.#entries.slice(-count);
  }

  after(id: number): Entry[] {
    return this.#entries.filter((entry) => entry.id > id);
  }

  /** Whether entries after `id` have been dropped from memory. */
  lacksSome(id: number): boolean {
    return this.#newestDropped > id;
  }

  toJSON(): object {
    return { entries: this.#entries.length, newest: this.#entries.at(-1)?.id };
  }
}
