import { closeSync, fdatasync, openSync, readSync } from 'node:fs';

/** SQLite's file header of a log: each time it begins again from its start, the salts in it are others. */
const HEADER_BYTES = 32;

/** The log beside the database, as the journal looks at it: it is SQLite's, and only read and synced here. */
export class LogFile {
  readonly #fd: number;
  #header: string;

  /** @throws an error of the file system */
  constructor(path: string) {
    this.#fd = openSync(path, 'r+');
    this.#header = this.#readHeader();
  }

  /** Whether it has begun again since this was asked last: all that was in it is in the database now. */
  hasBegunAgain(): boolean {
    const header = this.#readHeader();
    if (header === this.#header) return false;
    this.#header = header;
    return true;
  }

  /** Has the disk take what was written. */
  sync(): Promise<void> {
    return new Promise((resolve, reject) =>
      fdatasync(this.#fd, (error) => (error ? reject(error) : resolve())),
    );
  }

  close(): void {
    closeSync(this.#fd);
  }

  #readHeader(): string {
    const header = Buffer.alloc(HEADER_BYTES);
    return header.toString('latin1', 0, readSync(this.#fd, header, 0, HEADER_BYTES, 0));
  }
}
