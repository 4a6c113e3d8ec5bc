import type { Db, Statement } from './database.ts';

/** What is counted over all lives of the server; `base` is what was newest when the log began. */
export type Count = 'newest' | 'base' | 'messages' | 'privates' | 'founded';

/** Numbers by name, in the tables. Whoever calls begins and ends the transaction. */
export class Counts {
  readonly #find: Statement;
  readonly #set: Statement;
  readonly #add: Statement;

  constructor(db: Db) {
    this.#find = db.prepare<unknown[]>('SELECT value + 0 AS value FROM meta WHERE key = ?');
    this.#set = db.prepare<unknown[]>('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
    this.#add = db.prepare<unknown[]>(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value',
    );
  }

  get(count: Count): number | undefined {
    const [row] = this.#find.all(count) as { value: number }[];
    return row?.value;
  }

  set(count: Count, value: number): void {
    this.#set.run(count, value);
  }

  add(count: Count, value: number): void {
    if (value > 0) this.#add.run(count, value);
  }
}
