import type { Entry } from '../../protocol/entities.ts';
import { HISTORY_KEPT } from '../../protocol/limits.ts';

/** The last entries of a room, oldest first. Those that were there before are read when somebody first asks. */
export class History {
  readonly #recent: () => Entry[];
  #read: Entry[] | undefined;
  #newestDropped = 0;

  /** @param recent the newest entries that the journal has, oldest first */
  constructor(recent: () => Entry[]) {
    this.#recent = recent;
  }

  /** Whether what was there before can be read; what can't be may be later on. */
  get isReadable(): boolean {
    try {
      return this.size >= 0;
    } catch {
      return false;
    }
  }

  get size(): number {
    return this.#entries.length;
  }

  /**
   * Takes in an entry that is committed. While nothing is read there is nothing to do, since the journal has it;
   * one that is there already, as after a restart, changes nothing.
   */
  add(entry: Entry): void {
    if (!this.#read) return;
    const newest = this.#read.at(-1);
    if (newest && entry.id <= newest.id) return;
    this.#read.push(entry);
    if (this.#read.length > HISTORY_KEPT) this.#newestDropped = (this.#read.shift() as Entry).id;
  }

  last(count: number): Entry[] {
    return this.#entries.slice(-count);
  }

  after(id: number): Entry[] {
    return this.#entries.filter((entry) => entry.id > id);
  }

  /** Whether entries after `id` are not in memory. */
  lacksSome(id: number): boolean {
    return this.#entries.length > 0 && this.#newestDropped > id;
  }

  /** Looking at a room must not make it read anything. */
  toJSON(): object {
    return { entries: this.#read?.length ?? 'not read yet', newest: this.#read?.at(-1)?.id };
  }

  /** @throws what the journal throws when it can't be read */
  get #entries(): Entry[] {
    if (!this.#read) {
      this.#read = this.#recent().slice(-HISTORY_KEPT);
      // A full page may have more behind it; whoever asks for what came before its first entry must be told so.
      const first = this.#read[0];
      this.#newestDropped = first && this.#read.length === HISTORY_KEPT ? first.id - 1 : 0;
    }
    return this.#read;
  }
}
