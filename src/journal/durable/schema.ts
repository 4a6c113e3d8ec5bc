import { addChecksums } from './checksums.ts';
import type { Db } from './database.ts';

/**
 * The tables, as steps from one version of the format to the next: what a directory lacks is done when it is
 * opened. A step that was released is never changed.
 */
export const migrations: readonly (string | ((db: Db) => void))[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

  -- \`room\` is the id of the record that made it, so a room that is created again is another one. \`first\` and
  -- \`last\` are the numbers of the entries that are kept; none when \`last\` is below \`first\`.
  CREATE TABLE rooms (
    room INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
    first INTEGER NOT NULL, last INTEGER NOT NULL
  );

  -- \`body\` is JSON: type, from, text. \`crc\` covers all that is read.
  CREATE TABLE entries (
    room INTEGER NOT NULL, id INTEGER NOT NULL, number INTEGER NOT NULL,
    ts REAL NOT NULL, body TEXT NOT NULL, crc INTEGER NOT NULL,
    PRIMARY KEY (room, id)
  ) WITHOUT ROWID;

  -- Rooms that are deleted, with entries that are yet to be.
  CREATE TABLE doomed (room INTEGER PRIMARY KEY);
  `,
  `
  -- \`founder\` is JSON; standing rooms have none.
  ALTER TABLE rooms ADD COLUMN founder TEXT;
  ALTER TABLE rooms ADD COLUMN created_at REAL NOT NULL DEFAULT 0;

  -- \`body\` is JSON: name, digest. One that has ended stays as long as its sends are remembered.
  CREATE TABLE sessions (
    user TEXT PRIMARY KEY, body TEXT NOT NULL, crc INTEGER NOT NULL, ended_at REAL
  ) WITHOUT ROWID;
  CREATE INDEX ended_sessions ON sessions (ended_at) WHERE ended_at IS NOT NULL;

  CREATE TABLE members (user TEXT NOT NULL, room TEXT NOT NULL, PRIMARY KEY (user, room)) WITHOUT ROWID;
  CREATE INDEX members_by_room ON members (room);

  -- Once for each of the two. \`body\` is JSON: ts, from, to, text, ref.
  CREATE TABLE privates (
    owner TEXT NOT NULL, id INTEGER NOT NULL, direction TEXT NOT NULL,
    unread INTEGER NOT NULL, body TEXT NOT NULL, crc INTEGER NOT NULL,
    PRIMARY KEY (owner, id, direction)
  ) WITHOUT ROWID;

  -- What was acknowledged with a ref, in the order of the commits.
  CREATE TABLE sends (id INTEGER PRIMARY KEY, user TEXT NOT NULL, ref TEXT NOT NULL, room TEXT, ts REAL NOT NULL);

  -- The last of the event stream. \`body\` is JSON: type, data.
  CREATE TABLE events (id INTEGER PRIMARY KEY, body TEXT NOT NULL, crc INTEGER NOT NULL);
  `,
  addChecksums,
];

/** Marks a SQLite file as ours: "Trou". */
export const APPLICATION_ID = 0x54726f75;
