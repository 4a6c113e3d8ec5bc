import type { Party, Stamp } from '../journal.ts';
import { type Bytes, read, textOf } from './columns.ts';
import type { Db } from './database.ts';
import { StorageFault } from './fault.ts';
import { checksumOf, grouped, type SealedRow, seal, unseal } from './sealed.ts';

interface Row extends SealedRow {
  user: Bytes;
  ended_at: number | null;
}

type Body = [name: string, digest: string];

interface MemberRow {
  user: Bytes;
  room: Bytes;
  crc: number;
}

/** A session as the tables have it. */
export interface StoredSession {
  user: Party;
  digest: string;
  hasEnded: boolean;
  rooms: string[];
}

/** Who there is, and in which rooms. One that has ended stays for as long as its sends are remembered. */
export class StoredSessions {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  begin({ id, name }: Party, digest: string): void {
    this.#put(id, [name, digest]);
  }

  rename(id: string, name: string): void {
    const [row] = this.#statements.find.all(id) as Row[];
    if (row) this.#put(id, [name, open(row)[1]]);
  }

  end(id: string, { ts }: Stamp): void {
    this.#statements.leaveAll.run(id);
    this.#statements.end.run(ts, id);
  }

  join(id: string, room: string): void {
    this.#statements.join.run(id, room, checksumOf(id, room));
  }

  leave(id: string, room: string): void {
    this.#statements.leave.run(id, room);
  }

  /** Has a room without members. */
  desert(room: string): void {
    this.#statements.desert.run(room);
  }

  /**
   * Deletes those that ended before a time.
   * @param before seconds since the epoch
   */
  forget(before: number): void {
    this.#statements.forget.run(before);
  }

  /**
   * Those that go on, and those that ended after a time.
   * @param since seconds since the epoch
   * @throws StorageFault when one is not as it was written
   */
  all(since: number): StoredSession[] {
    const members = (this.#statements.members.all() as MemberRow[]).map(openMember);
    const roomsOf = grouped(members, ({ user }) => user);
    return (this.#statements.all.all(since) as Row[]).map((row) => {
      const [name, digest] = open(row);
      const id = textOf(row.user);
      const rooms = (roomsOf.get(id) ?? []).map(({ room }) => room);
      return { user: { id, name }, digest, hasEnded: row.ended_at !== null, rooms };
    });
  }

  #put(id: string, value: Body): void {
    const { body, crc } = seal(id, value);
    this.#statements.put.run(id, body, crc);
  }
}

function open(row: Row): Body {
  const user = textOf(row.user);
  return unseal<Body>(user, row, `session ${user}`);
}

function openMember(row: MemberRow): { user: string; room: string } {
  const user = textOf(row.user);
  const room = textOf(row.room);
  if (checksumOf(user, room) !== row.crc) {
    throw new StorageFault(`the membership of ${user} in ${room} is damaged`);
  }
  return { user, room };
}

function prepare(db: Db) {
  const columns = read({ bytes: ['user', 'body'], numbers: ['crc', 'ended_at'] });
  return {
    find: db.prepare(`SELECT ${columns} FROM sessions WHERE user = ? AND ended_at IS NULL`),
    put: db.prepare('INSERT OR REPLACE INTO sessions (user, body, crc) VALUES (?, ?, ?)'),
    end: db.prepare('UPDATE sessions SET ended_at = ? WHERE user = ?'),
    all: db.prepare(`SELECT ${columns} FROM sessions WHERE ended_at IS NULL OR ended_at >= ?`),
    forget: db.prepare('DELETE FROM sessions WHERE ended_at < ?'),
    join: db.prepare('INSERT OR IGNORE INTO members (user, room, crc) VALUES (?, ?, ?)'),
    leave: db.prepare('DELETE FROM members WHERE user = ? AND room = ?'),
    leaveAll: db.prepare('DELETE FROM members WHERE user = ?'),
    desert: db.prepare('DELETE FROM members WHERE room = ?'),
    members: db.prepare(
      `SELECT ${read({ bytes: ['user', 'room'], numbers: ['crc'] })} FROM members ORDER BY members.user, members.room`,
    ),
  };
}
