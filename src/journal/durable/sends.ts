import type { Send, Sent, Stamp } from '../journal.ts';
import { type Bytes, maybeTextOf, read, textOf } from './columns.ts';
import type { Db } from './database.ts';
import { StorageFault } from './fault.ts';
import { checksumOf, grouped } from './sealed.ts';

interface Row {
  id: number;
  user: Bytes;
  ref: Bytes;
  room: Bytes;
  ts: number;
  crc: number;
}

/** What was acknowledged with a `ref` in the last five minutes, in the order of the commits. */
export class StoredSends {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  keep({ by, ref }: Sent, room: string | undefined, { id, ts }: Stamp): void {
    const row = [id, by, ref, room ?? null, ts] as const;
    this.#statements.keep.run(...row, checksumOf(...row));
  }

  /** Whoever comes back under another session has sent what they sent. */
  handOver(from: string, to: string): void {
    for (const { id, ts, ref, room } of (this.#statements.of.all(from) as Row[]).map(open)) {
      const crc = checksumOf(id, to, ref, room ?? null, ts);
      this.#statements.handOver.run(to, crc, id);
    }
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
   * @throws StorageFault when one is not as it was written
   */
  all(since: number): Map<string, Send[]> {
    const bySender = grouped(this.#statements.all.all(since) as Row[], ({ user }) => textOf(user));
    return new Map([...bySender].map(([user, rows]) => [user, rows.map(open)]));
  }
}

function open(row: Row): Send {
  const { id, ts } = row;
  const ref = textOf(row.ref);
  const room = maybeTextOf(row.room);
  if (checksumOf(id, textOf(row.user), ref, room ?? null, ts) !== row.crc) {
    throw new StorageFault(`the send ${id} is damaged`);
  }
  return { id, ts, ref, room };
}

function prepare(db: Db) {
  const columns = read({ bytes: ['user', 'ref', 'room'], numbers: ['id', 'ts', 'crc'] });
  return {
    keep: db.prepare<unknown[]>('INSERT INTO sends (id, user, ref, room, ts, crc) VALUES (?, ?, ?, ?, ?, ?)'),
    all: db.prepare(`SELECT ${columns} FROM sends WHERE ts >= ? ORDER BY id`),
    of: db.prepare(`SELECT ${columns} FROM sends WHERE user = ?`),
    handOver: db.prepare('UPDATE sends SET user = ?, crc = ? WHERE id = ?'),
    // The oldest alone are looked at, however many there are.
    forget: db.prepare(
      `DELETE FROM sends WHERE id IN
       (SELECT id FROM (SELECT id, ts FROM sends ORDER BY id LIMIT ?) WHERE ts < ?)`,
    ),
  };
}
