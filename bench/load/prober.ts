import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('prober.mjs', import.meta.url));

/** Asks a server for an answer every few milliseconds, from a process of its own: this one has a crowd to drive. */
export class Prober {
  readonly #child;

  constructor(port: number) {
    this.#child = fork(SCRIPT, [String(port)], { execArgv: [] });
  }

  /** Resolves when it asks. */
  async begin(): Promise<void> {
    await once(this.#child, 'message');
  }

  /** @returns milliseconds that each answer has taken */
  async end(): Promise<number[]> {
    const answer = once(this.#child, 'message');
    this.#child.send('end');
    const [waits] = (await answer) as [number[]];
    return waits;
  }
}
