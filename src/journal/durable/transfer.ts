/** A data directory as JSON lines, and back: a first line that says what it is, a line each row, a last one. */
import type { Db } from './database.ts';
import { openBeside, openDirectory } from './database.ts';
import { asFault, StorageFault } from './fault.ts';
import { migrations } from './schema.ts';
import { Tables } from './tables.ts';

const columns = {
  meta: ['key', 'value'],
  rooms: ['room', 'name', 'first', 'last', 'founder', 'created_at', 'crc'],
  entries: ['room', 'id', 'number', 'ts', 'body', 'crc'],
  sessions: ['user', 'body', 'crc', 'ended_at'],
  members: ['user', 'room', 'crc'],
  privates: ['owner', 'id', 'direction', 'unread', 'body', 'crc'],
  notices: ['user', 'id', 'body', 'crc'],
  sends: ['id', 'user', 'ref', 'room', 'ts', 'crc'],
  events: ['id', 'body', 'crc'],
} as const;

const wheres: { [T in Table]?: string } = {
  // Of the files themselves, which a new directory has of its own.
  meta: ` WHERE key <> 'base'`,
  // Of rooms that are deleted, some may be left.
  entries: ' WHERE room IN (SELECT room FROM rooms)',
};

type Table = keyof typeof columns;
type Line = { format: number } | { table: Table; row: unknown[] } | { rows: number };

/**
 * Writes all of a directory as it is at this moment, also while a server has it.
 * @param write takes a line with its end
 * @returns rows
 * @throws StorageFault, or what `write` throws
 */
export function exportDirectory(directory: string, write: (line: string) => void): number {
  const db = openBeside(directory);
  const put = (line: Line) => write(`${JSON.stringify(line)}\n`);
  try {
    db.exec('BEGIN');
    let rows = 0;
    put({ format: migrations.length });
    for (const table of Object.keys(columns) as Table[]) {
      for (const row of rowsOf(db, table, directory)) {
        put({ table, row });
        rows += 1;
      }
    }
    put({ rows });
    return rows;
  } finally {
    db.close();
  }
}

/** What goes wrong with what they are written to is not said of the directory. */
function* rowsOf(db: Db, table: Table, directory: string): Generator<unknown[]> {
  // As bytes where it is text, as the columns that are read elsewhere.
  const values = columns[table].map(
    (name) => `iif(typeof(${name}) = 'text', CAST(${name} AS BLOB), ${name})`,
  );
  try {
    const all = db.prepare(`SELECT ${values.join(', ')} FROM ${table}${wheres[table] ?? ''}`).raw();
    for (const row of all.iterate() as Iterable<unknown[]>) {
      yield row.map((value) => (value instanceof Uint8Array ? textIn(value, table) : value));
    }
  } catch (error) {
    throw asFault(error, directory);
  }
}

function textIn(bytes: Uint8Array, table: Table): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new StorageFault(`text in the table ${table} is damaged`);
  }
}

/**
 * Makes a directory of what was exported. All or nothing: what was cut short is refused.
 * @returns rows
 * @throws StorageFault when the lines are no export, or the directory has something already
 */
export async function importDirectory(directory: string, lines: AsyncIterable<string>): Promise<number> {
  const { db, newestFile, close } = openDirectory(directory);
  try {
    if (new Tables(db, 1).newestId() > 0) {
      throw new StorageFault(`DATA_DIR ${directory} has something in it already`);
    }
    db.exec('BEGIN IMMEDIATE');
    const rows = await insertAll(db, lines);
    db.exec('COMMIT');
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    newestFile.write(new Tables(db, 1).newestId());
    return rows;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw asFault(error, directory);
  } finally {
    close();
  }
}

async function insertAll(db: Db, lines: AsyncIterable<string>): Promise<number> {
  const inserts = Object.fromEntries(
    Object.entries(columns).map(([table, names]) => {
      const marks = names.map(() => '?').join(', ');
      return [table, db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`)];
    }),
  );
  let rows = -1;
  for await (const text of lines) {
    const line = parse(text);
    if (rows < 0) {
      if (!('format' in line) || line.format !== migrations.length) throw noExport();
      rows = 0;
    } else if ('table' in line) {
      inserts[line.table]?.run(...(line.row as never[]));
      rows += 1;
    } else if ('rows' in line && line.rows === rows) {
      return rows;
    } else {
      throw noExport();
    }
  }
  throw new StorageFault('the export is cut short');
}

function parse(text: string): Line {
  try {
    const line = JSON.parse(text) as Line;
    if (!('table' in line) || (line.table in columns && Array.isArray(line.row))) return line;
  } catch {
    // Said below.
  }
  throw noExport();
}

function noExport(): StorageFault {
  return new StorageFault(`that is no export of format ${migrations.length}`);
}
