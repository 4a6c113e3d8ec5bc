import { closeSync, fdatasync, fdatasyncSync, openSync, readSync } from 'node:fs';
import { Syncing } from './syncing.ts';

/** SQLite's file header of a log: each time it begins again from its start, the salts in it are others. */
const HEADER_BYTES = 32;

/** The log beside the database, as the journal looks at it: it is SQLite's, and only read and synced here. */
export class LogFile {
  readonly #fd: number;
  readonly #syncing: Syncing;
  #header = Buffer.alloc(HEADER_BYTES);
  #looked = Buffer.alloc(HEADER_BYTES);

  /** @throws an error of the file system */
  constructor(path: string) {
    const fd = openSync(path, 'r+');
    this.#fd = fd;
    this.#syncing = new Syncing({
      wait: () => fdatasyncSync(fd),
      hand: () =>
        new Promise((resolve, reject) => fdatasync(fd, (error) => (error ? reject(error) : resolve()))),
      now: () => performance.now(),
    });
    this.hasBegunAgain();
  }

  /** Whether it has begun again since this was asked last: all that was in it is in the database now. */
  hasBegunAgain(): boolean {
    const looked = this.#looked;
    readSync(this.#fd, looked, 0, HEADER_BYTES, 0);
    if (looked.equals(this.#header)) return false;
    this.#looked = this.#header;
    this.#header = looked;
    return true;
  }

  /**
   * Has the disk take what was written.
   * @returns nothing when that is done already
   * @throws an error of the file system, or rejects with it
   */
  sync(): Promise<void> | undefined {
    return this.#syncing.sync();
  }

  close(): void {
    closeSync(this.#fd);
  }
}
