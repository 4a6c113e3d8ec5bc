/**
 * The tables, as steps from one version of the format to the next: what a directory lacks is done when it is
 * opened. A step that was released is never changed.
 */
export const migrations: readonly string[] = [
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
];

/** Marks a SQLite file as ours: "Trou". */
export const APPLICATION_ID = 0x54726f75;
