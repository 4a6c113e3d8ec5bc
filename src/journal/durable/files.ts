import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';

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

/** Makes what was created or renamed in a directory outlive a power cut. */
export function syncDirectory(directory: string): void {
  // Windows can't open a directory, and keeps its entries without being asked.
  if (process.platform === 'win32') return;
  const fd = openSync(directory, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
