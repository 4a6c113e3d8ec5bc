import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A viewer apart from the driver, which would read the lines later while it reads the list. */
export class ViewerProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(port: number, actors: number) {
    const script = fileURLToPath(new URL('./viewer.mjs', import.meta.url));
    this.#child = spawn(process.execPath, [script, String(port), String(actors)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream })[
      Symbol.asyncIterator
    ]();
  }

  /** @returns milliseconds until it had all it came for */
  async visit(what: string): Promise<number> {
    this.#child.stdin?.write(`${what}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the viewer did not get all');
    return Number(value);
  }

  end(): void {
    this.#child.kill();
  }
}
