import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { Counts } from './counts.ts';
import { asFault, asOpeningFault, StorageFault } from './fault.ts';
import { filesOf, makeDirectory, syncDirectory } from './files.ts';
import { NewestFile, readNewest } from './newest.ts';
import { APPLICATION_ID, migrations } from './schema.ts';

export type Db = Database.Database;
export type Statement = Database.Statement<unknown[]>;

export interface OpenDirectory {
  db: Db;
  newestFile: NewestFile;
  close(): void;
}

/**
 * Opens a data directory for this process alone, and makes it when there is none.
 * @throws StorageFault with one line on what is wrong with it
 */
export function openDirectory(directory: string): OpenDirectory {
  const files = filesOf(directory);
  const opened: { close(): void }[] = [];
  const close = () => {
    // The lock was opened first, and is let go of last.
    for (const each of opened.reverse()) each.close();
  };
  try {
    makeDirectory(directory);
    opened.push(lock(files.lock));
    if (!existsSync(files.database)) create(directory);
    const db = new Database(files.database);
    opened.push(db);
    configure(db);
    verify(db, directory);
    migrate(db);
    const newestFile = new NewestFile(files.newest);
    opened.push(newestFile);
    return { db, newestFile, close };
  } catch (error) {
    close();
    throw asOpeningFault(error, directory);
  }
}

/**
 * Opens what is in a data directory beside whoever has it, to look at it.
 * @throws StorageFault with one line on what is wrong with it
 */
export function openBeside(directory: string): Db {
  const { database } = filesOf(directory);
  if (!existsSync(database)) throw new StorageFault(`DATA_DIR ${directory} has no journal.db`);
  let db: Db | undefined;
  try {
    db = new Database(database);
    configure(db);
    verify(db, directory);
    if (number(db, 'user_version') < migrations.length) {
      throw new StorageFault(`DATA_DIR ${directory} is of an older version: start the server once`);
    }
    return db;
  } catch (error) {
    db?.close();
    throw asFault(error, directory);
  }
}

/** The kernel lets go of it however the process ends. */
function lock(path: string): Db {
  const db = new Database(path);
  try {
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Under another name until it is whole: an empty file by the real name is a damaged one. */
function create(directory: string): void {
  const { database, log, unfinished, newest } = filesOf(directory);
  // A log alone would be laid over the new database.
  if (readNewest(newest) > 0 || (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new StorageFault(`DATA_DIR ${directory} is damaged: journal.db is missing`);
  }
  // A log that was left beside it goes with the first write: SQLite has none of a database that is empty.
  rmSync(unfinished, { force: true });
  const db = new Database(unfinished);
  try {
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    migrate(db);
  } finally {
    db.close();
  }
  renameSync(unfinished, database);
  syncDirectory(directory);
}

function configure(db: Db): void {
  if (number(db, 'application_id') !== APPLICATION_ID) {
    throw Object.assign(new Error('journal.db is not one of ours'), { code: 'SQLITE_NOTADB' });
  }
  db.exec('PRAGMA journal_mode = WAL');
  // Commits don't wait for the disk: the journal syncs the log itself, without the loop standing still.
  db.exec('PRAGMA synchronous = NORMAL');
  db.exec('PRAGMA cache_size = -8192');
}

function verify(db: Db, directory: string): void {
  // Before the database is looked at: a server may be committing, and the file is always behind it.
  const committed = readNewest(filesOf(directory).newest);
  const version = number(db, 'user_version');
  if (version > migrations.length) {
    throw new StorageFault(
      `DATA_DIR ${directory} is of a newer version of this program (format ${version}, known is ${migrations.length})`,
    );
  }
  const { integrity_check: verdict } = db.prepare('PRAGMA integrity_check(1)').get() as {
    integrity_check: string;
  };
  if (verdict !== 'ok') {
    throw new StorageFault(`DATA_DIR ${directory} is damaged: ${verdict}`);
  }
  const base = new Counts(db).get('base') ?? 0;
  const reached = newestWithoutLog(filesOf(directory).database);
  const newest = new Counts(db).get('newest') ?? 0;
  if (reached < base || reached > newest) {
    throw new StorageFault(`DATA_DIR ${directory} is damaged: journal.db-wal does not go with journal.db`);
  }
  if (newest < committed) {
    throw new StorageFault(
      `DATA_DIR ${directory} is cut short: it ends at ${newest}, and ${committed} was committed. ` +
        'To go on without what is lost, remove the file "newest" in it',
    );
  }
}

/** A log that is laid over a database of another moment makes a state that never was, and SQLite does not notice. */
function newestWithoutLog(path: string): number {
  const db = new Database(`${pathToFileURL(path).href}?immutable=1`, { readonly: true });
  // Of a file that is half brought up to date, some pages may be missing yet; the one that counts is an early one.
  db.exec('PRAGMA writable_schema = ON');
  const newest = new Counts(db).get('newest') ?? 0;
  db.close();
  return newest;
}

/** All steps or none: a directory is never left between two versions. */
function migrate(db: Db): void {
  const version = number(db, 'user_version');
  if (version === migrations.length) return;
  db.transaction(() => {
    for (const step of migrations.slice(version)) {
      if (typeof step === 'string') db.exec(step);
      else step(db);
    }
    db.exec(`PRAGMA user_version = ${migrations.length}`);
  })();
}

function number(db: Db, pragma: string): number {
  const row = db.prepare(`PRAGMA ${pragma}`).get() as Record<string, number>;
  return row[pragma] as number;
}
