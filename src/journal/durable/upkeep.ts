import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { openBeside, openDirectory } from './database.ts';
import { asFault, StorageFault } from './fault.ts';
import { filesOf, makeDirectory, syncDirectory } from './files.ts';
import { NewestFile } from './newest.ts';
import { Tables } from './tables.ts';

/**
 * Gives back the space of what was deleted. Nobody else may have the directory.
 * @returns bytes before and after
 * @throws StorageFault
 */
export function compactDirectory(directory: string): { before: number; after: number } {
  const { database } = filesOf(directory);
  if (!existsSync(database)) throw new StorageFault(`DATA_DIR ${directory} has no journal.db`);
  const before = statSync(database).size;
  const { db, close } = openDirectory(directory);
  try {
    while (new Tables(db, Number.POSITIVE_INFINITY).tidy(Date.now() / 1000));
    db.exec('VACUUM');
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch (error) {
    throw asFault(error, directory);
  } finally {
    close();
  }
  return { before, after: statSync(database).size };
}

/**
 * Makes another directory of what is there at this moment, also while a server has it.
 * @returns bytes written
 * @throws StorageFault
 */
export function backUpDirectory(directory: string, target: string): number {
  const { database, unfinished, newest } = filesOf(target);
  if (existsSync(database)) throw new StorageFault(`${target} has something in it already`);
  const db = openBeside(directory);
  try {
    makeDirectory(target);
    // Under another name until it is whole: one that was broken off is none.
    rmSync(unfinished, { force: true });
    db.exec(`VACUUM INTO '${unfinished.replaceAll("'", "''")}'`);
    const fd = openSync(unfinished, 'r+');
    fsyncSync(fd);
    closeSync(fd);
    renameSync(unfinished, database);
    const copy = openBeside(target);
    const file = new NewestFile(newest);
    file.write(new Tables(copy, Number.POSITIVE_INFINITY).newestId());
    file.close();
    copy.close();
    syncDirectory(target);
  } catch (error) {
    throw asFault(error, target);
  } finally {
    db.close();
  }
  return statSync(database).size;
}
