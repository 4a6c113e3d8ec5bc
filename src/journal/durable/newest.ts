import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/**
 * The newest id that was committed, in a file of its own. A log that is cut short looks to SQLite like one that
 * never was longer; by this file it is found out. It is written behind the commit, so it is never ahead of it.
 */
export class NewestFile {
  readonly #fd: number;

  /** @throws an error of the file system */
  constructor(path: string) {
    this.#fd = openSync(path, 'a+');
    closeSync(this.#fd);
    this.#fd = openSync(path, 'r+');
  }

  write(id: number): void {
    writeSync(this.#fd, lineOf(id), 0);
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** @returns 0 when there is no such file, or when it says nothing that can be relied on */
export function readNewest(path: string): number {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch {
    return 0;
  }
  const id = Number(text.slice(0, 16));
  return text === lineOf(id) ? id : 0;
}

/** Always as long, so that a shorter one leaves nothing of a longer one behind. */
function lineOf(id: number): string {
  const digits = String(id).padStart(16, '0');
  return `${digits} ${crc32(digits).toString(16).padStart(8, '0')}\n`;
}
