import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What lies in a data directory. */
export function filesOf(directory: string) {
  const database = join(directory, 'journal.db');
  return {
    database,
    /** SQLite's own, beside the database while it is open. */
    log: `${database}-wal`,
    /** The database before it has its tables; only a whole one gets the real name. */
    unfinished: `${database}.new`,
    lock: join(directory, 'lock'),
    newest: join(directory, 'newest'),
  };
}

/**
 * Makes a directory, for its owner alone, with those above it, where there is none. Node's own way of doing so never
 * comes to an end where nothing can be made, as in `/proc`.
 */
export function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && isDirectory(path)) return;
    if (code !== 'ENOENT' || dirname(path) === path || isDirectory(dirname(path))) throw error;
    makeDirectory(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
  syncDirectory(dirname(path));
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Makes what was created or renamed in a directory outlive a power cut. */
export function syncDirectory(directory: string): void {
  // Windows can't open a directory, and keeps its entries without being asked.
  if (process.platform === 'win32') return;
  const fd = openSync(directory, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
