import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('prober.mjs', import.meta.url));

/** Milliseconds that an answer has taken. */
export interface Wait {
  wall: number;
  /** Less what the server waited for a processor, which other work on the machine had. */
  own: number;
}

/** Asks a server for an answer every few milliseconds, from a process of its own: this one has a crowd to drive. */
export class Prober {
  readonly #child;

  constructor({ port, pid }: { port: number; pid: number }) {
    this.#child = fork(SCRIPT, [String(port), String(pid)], { execArgv: [] });
  }

  /** Resolves when it asks. */
  async begin(): Promise<void> {
    await once(this.#child, 'message');
  }

  async end(): Promise<Wait[]> {
    const answer = once(this.#child, 'message');
    this.#child.send('end');
    const [waits] = (await answer) as [Wait[]];
    return waits;
  }
}
