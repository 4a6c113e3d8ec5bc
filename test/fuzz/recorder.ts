import type pino from 'pino';
import { createLogger } from '../../src/log.ts';
import { PATIENCE_MS } from '../support/patience.mjs';

/** Reads the server's log along: errors are what a test must not see, closed connections what it waits for. */
export class Recorder {
  readonly errors: string[] = [];
  readonly logger: pino.Logger;
  #closed = 0;
  #wake = () => {};

  constructor() {
    this.logger = createLogger('info', { write: (line) => this.#read(line) });
  }

  /** Resolves when the server has noticed the end of so many connections. */
  async untilClosed(count: number): Promise<void> {
    const limit = AbortSignal.timeout(PATIENCE_MS);
    while (this.#closed < count) {
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        limit.onabort = () =>
          reject(new Error(`the server noticed ${this.#closed} of ${count} connections closed`));
      });
    }
  }

  #read(line: string): void {
    if (/"level":"(error|fatal)"/.test(line)) this.errors.push(line.slice(0, 2_000));
    if (!line.includes('"msg":"connection closed"')) return;
    this.#closed += 1;
    this.#wake();
  }
}
