import { PRIVATE_MESSAGES_KEPT } from '../../protocol/limits.ts';
import type { JournalRecord, KeptPrivate, Party, Stamp } from '../journal.ts';
import { type Bytes, read, textOf } from './columns.ts';
import type { Db } from './database.ts';
import { grouped, type Sealed, type SealedRow, seal, unseal } from './sealed.ts';

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
    const value: Body = [ts, from, to, text, ref];
    const keepFor = (owner: string, direction: Direction, isUnread: boolean) => {
      const { body, crc } = sealed({ owner, id, direction, unread: isUnread }, value);
      this.#statements.keep.run(owner, id, direction, isUnread ? 1 : 0, body, crc, owner);
      this.#statements.dropOld.run(owner, owner, PRIVATE_MESSAGES_KEPT);
    };
    keepFor(from.id, 'pm_sent', false);
    keepFor(to.id, 'pm', unread);
  }

  read(owner: string): void {
    for (const row of this.#statements.unread.all(owner) as Row[]) this.#mark(row, false);
  }

  /** Whether one that somebody has got is unread. */
  mark(owner: string, id: number, unread: boolean): void {
    for (const row of this.#statements.got.all(owner, id) as Row[]) this.#mark(row, unread);
  }

  #mark(row: Row, unread: boolean): void {
    const { crc } = sealed({ ...keyOf(row), unread }, bodyOf(row));
    this.#statements.mark.run(unread ? 1 : 0, crc, textOf(row.owner), row.id);
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

/** All that is said of a private message beside its words. */
interface Key {
  owner: string;
  id: number;
  direction: Direction;
  unread: boolean;
}

function keyOf({ owner, id, direction, unread }: Row): Key {
  return { owner: textOf(owner), id, direction: textOf(direction) as Direction, unread: unread === 1 };
}

function sealed(key: Key, value: Body): Sealed {
  return seal(textKey(key), value);
}

function bodyOf(row: Row): Body {
  return unseal<Body>(textKey(keyOf(row)), row, `private message ${row.id}`);
}

function textKey({ owner, id, direction, unread }: Key): string {
  return `${owner} ${id} ${direction} ${unread}`;
}

function open(row: Row): KeptPrivate {
  const { id, direction, unread } = keyOf(row);
  const [ts, from, to, text, ref] = bodyOf(row);
  return { message: { id, ts, from, to, text, ref: ref ?? undefined }, direction, unread };
}

function prepare(db: Db) {
  const columns = read({ bytes: ['owner', 'direction', 'body'], numbers: ['id', 'unread', 'crc'] });
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
    unread: db.prepare(`SELECT ${columns} FROM privates WHERE privates.owner = ? AND privates.unread = 1`),
    got: db.prepare(
      `SELECT ${columns} FROM privates
       WHERE privates.owner = ? AND privates.id = ? AND privates.direction = 'pm'`,
    ),
    mark: db.prepare(
      `UPDATE privates SET unread = ?, crc = ? WHERE owner = ? AND id = ? AND direction = 'pm'`,
    ),
    // One who writes to themselves has sent it before they have got it.
    all: db.prepare(
      `SELECT ${columns} FROM privates ORDER BY privates.owner, privates.id, privates.direction DESC`,
    ),
  };
}
