import { PRIVATE_MESSAGES_KEPT } from '../../protocol/limits.ts';
import type { Notice } from '../journal.ts';
import { type Bytes, read, textOf } from './columns.ts';
import type { Db } from './database.ts';
import { grouped, type SealedRow, seal, unseal } from './sealed.ts';

interface Row extends SealedRow {
  user: Bytes;
  id: number;
}

type Body = [to: string, ref: string | null];

/** What those who are away are yet to be told: which of their private messages nobody will read. */
export class StoredNotices {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  keep(user: string, { to, ref }: Notice, id: number): void {
    const { body, crc } = seal(`${user} ${id}`, [to, ref ?? null] satisfies Body);
    this.#statements.keep.run(user, id, body, crc, user);
    this.#statements.dropOld.run(user, user, PRIVATE_MESSAGES_KEPT);
  }

  /** The user has been told, or is gone. */
  drop(user: string): void {
    this.#statements.drop.run(user);
  }

  /** By user, oldest first. @throws StorageFault when one is not as it was written */
  all(): Map<string, Notice[]> {
    const byUser = grouped(this.#statements.all.all() as Row[], ({ user }) => textOf(user));
    return new Map([...byUser].map(([user, rows]) => [user, rows.map(open)]));
  }
}

function open(row: Row): Notice {
  const [to, ref] = unseal<Body>(`${textOf(row.user)} ${row.id}`, row, `notice ${row.id}`);
  return { to, ref: ref ?? undefined };
}

function prepare(db: Db) {
  return {
    // Nothing is kept for one whose session has ended meanwhile.
    keep: db.prepare(
      `INSERT INTO notices (user, id, body, crc) SELECT ?, ?, ?, ?
       WHERE EXISTS (SELECT 1 FROM sessions WHERE user = ? AND ended_at IS NULL)`,
    ),
    dropOld: db.prepare(
      `DELETE FROM notices WHERE user = ? AND id <=
       (SELECT id FROM notices WHERE user = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
    ),
    drop: db.prepare('DELETE FROM notices WHERE user = ?'),
    all: db.prepare(
      `SELECT ${read({ bytes: ['user', 'body'], numbers: ['id', 'crc'] })}
       FROM notices ORDER BY notices.user, notices.id`,
    ),
  };
}
