/** The third format: what had no checksum gets one, and notices have a table. */
import { type Bytes, read, textOf } from './columns.ts';
import type { Db } from './database.ts';
import { checksumOf, type SealedRow, seal, unseal } from './sealed.ts';

/** Never changed once it was released, like every step. @throws StorageFault when something is damaged already */
export function addChecksums(db: Db): void {
  db.exec(`
    -- \`crc\` of a row that holds no JSON covers all of its columns that say something.
    ALTER TABLE rooms ADD COLUMN crc INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE members ADD COLUMN crc INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE sends ADD COLUMN crc INTEGER NOT NULL DEFAULT 0;

    -- What those who are away are to be told. \`body\` is JSON: to, ref.
    CREATE TABLE notices (
      user TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL, crc INTEGER NOT NULL,
      PRIMARY KEY (user, id)
    ) WITHOUT ROWID;
  `);
  fill(db, 'rooms', ['room'], ['room', 'name', 'founder', 'created_at']);
  fill(db, 'members', ['user', 'room'], ['user', 'room']);
  fill(db, 'sends', ['id'], ['id', 'user', 'ref', 'room', 'ts']);
  sealPrivates(db);
}

const texts = new Set(['name', 'founder', 'user', 'ref']);

function fill(db: Db, table: 'rooms' | 'members' | 'sends', key: string[], covered: string[]): void {
  const isText = (name: string) => texts.has(name) || (name === 'room' && table !== 'rooms');
  const columns = read({
    bytes: covered.filter(isText),
    numbers: covered.filter((name) => !isText(name)),
  });
  const put = db.prepare<unknown[]>(
    `UPDATE ${table} SET crc = ? WHERE ${key.map((name) => `${name} = ?`).join(' AND ')}`,
  );
  for (const row of db.prepare(`SELECT ${columns} FROM ${table}`).all() as Record<string, Bytes | number>[]) {
    const value = (name: string) => plain(row[name] ?? null);
    put.run(checksumOf(...covered.map(value)), ...key.map(value));
  }
}

function plain(value: Bytes | number): string | number | null {
  return value === null || typeof value === 'number' ? value : textOf(value);
}

/** Their checksum covers from now on whose they are, and whether they are unread. */
function sealPrivates(db: Db): void {
  const columns = read({ bytes: ['owner', 'direction', 'body'], numbers: ['id', 'unread', 'crc'] });
  type Row = SealedRow & { owner: Bytes; direction: Bytes; id: number; unread: number };
  const put = db.prepare('UPDATE privates SET crc = ? WHERE owner = ? AND id = ? AND direction = ?');
  for (const row of db.prepare(`SELECT ${columns} FROM privates`).all() as Row[]) {
    const [owner, direction] = [textOf(row.owner), textOf(row.direction)];
    const value = unseal(row.id, row, `private message ${row.id}`);
    const { crc } = seal(`${owner} ${row.id} ${direction} ${row.unread === 1}`, value);
    put.run(crc, owner, row.id, direction);
  }
}
