import type { Send, Sent, Stamp } from '../journal.ts';
import { type Bytes, maybeTextOf, read, textOf } from './columns.ts';
import type { Db } from './database.ts';
import { grouped } from './sealed.ts';

interface Row {
  id: number;
  user: Bytes;
  ref: Bytes;
  room: Bytes;
  ts: number;
}

/** What was acknowledged with a `ref` in the last five minutes, in the order of the commits. */
export class StoredSends {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  keep({ by, ref }: Sent, room: string | undefined, { id, ts }: Stamp): void {
    this.#statements.keep.run(id, by, ref, room ?? null, ts);
  }

  /** Whoever comes back under another session has sent what they sent. */
  handOver(from: string, to: string): void {
    this.#statements.handOver.run(to, from);
  }

  /**
   * Deletes those of before a time.
   * @param before seconds since the epoch
   * @param limit rows deleted at once
   * @returns whether there may be more
   */
  forget(before: number, limit: number): boolean {
    return this.#statements.forget.run(limit, before).changes === limit;
  }

  /**
   * Those from a time on, by sender, oldest first.
   * @param since seconds since the epoch
   */
  all(since: number): Map<string, Send[]> {
    const bySender = grouped(this.#statements.all.all(since) as Row[], ({ user }) => textOf(user));
    return new Map(
      [...bySender].map(([user, rows]) => [
        user,
        rows.map(({ id, ts, ref, room }) => ({ id, ts, ref: textOf(ref), room: maybeTextOf(room) })),
      ]),
    );
  }
}

function prepare(db: Db) {
  return {
    keep: db.prepare('INSERT INTO sends (id, user, ref, room, ts) VALUES (?, ?, ?, ?, ?)'),
    all: db.prepare(
      `SELECT ${read({ bytes: ['user', 'ref', 'room'], numbers: ['id', 'ts'] })} FROM sends WHERE ts >= ? ORDER BY id`,
    ),
    handOver: db.prepare('UPDATE sends SET user = ? WHERE user = ?'),
    // The oldest alone are looked at, however many there are.
    forget: db.prepare(
      `DELETE FROM sends WHERE id IN
       (SELECT id FROM (SELECT id, ts FROM sends ORDER BY id LIMIT ?) WHERE ts < ?)`,
    ),
  };
}
