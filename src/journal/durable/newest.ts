import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { StorageFault } from './fault.ts';
import { syncDirectory } from './files.ts';

/**
 * The newest id that was committed, in a file of its own. A log that is cut short looks to SQLite like one that
 * never was longer; by this file it is found out. It is written behind the commit, so it is never ahead of it.
 */
export class NewestFile {
  readonly #fd: number;

  /** @throws an error of the file system */
  constructor(path: string) {
    if (!existsSync(path)) create(path);
    this.#fd = openSync(path, 'r+');
  }

  /** One that can't be written, as on a full disk, lags behind: less is found out then, and nothing is wrong. */
  write(id: number): void {
    try {
      writeSync(this.#fd, lineOf(id), 0);
    } catch {
      // The next commit tries again.
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** Whole from the beginning, also after a power cut: one that is not was damaged. */
function create(path: string): void {
  const unfinished = `${path}.new`;
  const fd = openSync(unfinished, 'w');
  writeSync(fd, lineOf(0), 0, 'latin1');
  fsyncSync(fd);
  closeSync(fd);
  renameSync(unfinished, path);
  syncDirectory(dirname(path));
}

/**
 * @returns 0 when there is no such file
 * @throws StorageFault when it is not as it was written
 */
export function readNewest(path: string): number {
  if (!existsSync(path)) return 0;
  const text = readFileSync(path, 'latin1');
  const id = Number(text.slice(0, 16));
  if (text === lineOf(id)) return id;
  throw new StorageFault(
    `DATA_DIR ${dirname(path)} is damaged: "newest" says nothing that can be relied on. ` +
      'To go on with what the database has, remove that file',
  );
}

/** Always as long, so that a shorter one leaves nothing of a longer one behind. */
function lineOf(id: number): string {
  const digits = String(id).padStart(16, '0');
  return `${digits} ${crc32(digits).toString(16).padStart(8, '0')}\n`;
}
