import { PRIVATE_MESSAGES_KEPT } from '../../protocol/limits.ts';
import type { JournalRecord, KeptPrivate, Party, Stamp } from '../journal.ts';
import { type Bytes, read, textOf } from './columns.ts';
import type { Db } from './database.ts';
import { grouped, type SealedRow, seal, unseal } from './sealed.ts';

type Direction = KeptPrivate['direction'];

interface Row extends SealedRow {
  owner: Bytes;
  id: number;
  direction: Bytes;
  unread: number;
}

type Body = [ts: number, from: Party, to: Party, text: string, ref: string | null];

/** The last private messages of each session; each message once for each of the two. */
export class StoredPrivates {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  keep(record: Extract<JournalRecord, { kind: 'private' }>, { id, ts }: Stamp): void {
    const { from, to, text, unread, ref = null } = record;
    const { body, crc } = seal(id, [ts, from, to, text, ref] satisfies Body);
    const keepFor = (owner: string, direction: Direction, isUnread: boolean) => {
      this.#statements.keep.run(owner, id, direction, isUnread ? 1 : 0, body, crc, owner);
      this.#statements.dropOld.run(owner, owner, PRIVATE_MESSAGES_KEPT);
    };
    keepFor(from.id, 'pm_sent', false);
    keepFor(to.id, 'pm', unread);
  }

  read(owner: string): void {
    this.#statements.read.run(owner);
  }

  drop(owner: string): void {
    this.#statements.drop.run(owner);
  }

  /** By owner, oldest first. @throws StorageFault when one is not as it was written */
  all(): Map<string, KeptPrivate[]> {
    const byOwner = grouped(this.#statements.all.all() as Row[], ({ owner }) => textOf(owner));
    return new Map([...byOwner].map(([owner, rows]) => [owner, rows.map(open)]));
  }
}

function open(row: Row): KeptPrivate {
  const { id, unread } = row;
  const direction = textOf(row.direction) as Direction;
  const [ts, from, to, text, ref] = unseal<Body>(id, row, `private message ${id}`);
  return { message: { id, ts, from, to, text, ref: ref ?? undefined }, direction, unread: unread === 1 };
}

function prepare(db: Db) {
  return {
    // Nothing is kept for one whose session has ended meanwhile.
    keep: db.prepare(
      `INSERT INTO privates (owner, id, direction, unread, body, crc) SELECT ?, ?, ?, ?, ?, ?
       WHERE EXISTS (SELECT 1 FROM sessions WHERE user = ? AND ended_at IS NULL)`,
    ),
    dropOld: db.prepare(
      `DELETE FROM privates WHERE owner = ? AND id <=
       (SELECT id FROM privates WHERE owner = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
    ),
    drop: db.prepare('DELETE FROM privates WHERE owner = ?'),
    read: db.prepare('UPDATE privates SET unread = 0 WHERE owner = ? AND unread = 1'),
    // One who writes to themselves has sent it before they have got it.
    all: db.prepare(
      `SELECT ${read({ bytes: ['owner', 'direction', 'body'], numbers: ['id', 'unread', 'crc'] })}
       FROM privates ORDER BY privates.owner, privates.id, privates.direction DESC`,
    ),
  };
}
