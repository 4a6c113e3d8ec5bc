import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Milliseconds since the epoch. */
  at: number;
}

/** The server as an operator runs it: a process of its own, from the built files. Gone when the test is over. */
export class ServerProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  stdout = '';
  stderr = '';
  #exit: Exit | undefined;
  #changed = () => {};

  /**
   * `npm start` gets a process group of its own, like a command of an interactive shell.
   * @param args when it is limited: how far a file may grow, in units of 512 bytes
   */
  constructor(how: 'node' | 'npm' | 'limited', settings: Record<string, string> = {}, args: string[] = []) {
    if (!existsSync(`${ROOT}/dist/main.js`)) throw new Error('run `npm run build` first');
    const [command, ...rest] =
      how === 'node'
        ? [process.execPath, 'dist/main.js', ...args]
        : how === 'limited'
          ? // In a shell's units, half a KiB each: no file grows beyond it.
            ['sh', '-c', `ulimit -S -f ${args[0]}; exec "$0" dist/main.js`, process.execPath]
          : // The build was done before the tests; doing it again would only take time.
            ['npm', 'start', '--ignore-scripts', '--', ...args];
    const { PATH, HOME } = process.env;
    this.child = spawn(command as string, rest, {
      cwd: ROOT,
      env: { PATH, HOME, PORT: '0', DATA_DIR: ':memory:', ...settings },
      detached: how === 'npm',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text) => {
      this.stdout += text;
      this.#changed();
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text) => {
      this.stderr += text;
    });
    this.exited = new Promise((resolve) => {
      // `close` comes when the output has been read to its end, and the last process that holds it is gone.
      this.child.on('close', (code, signal) => {
        this.#exit = { code, signal, at: Date.now() };
        this.#changed();
        resolve(this.#exit);
      });
    });
    onTestFinished(() => this.#end());
  }

  /** The log so far. */
  get lines(): Record<string, unknown>[] {
    const complete = this.stdout.slice(0, this.stdout.lastIndexOf('\n') + 1);
    return complete
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  }

  /** The first line of the log that meets the condition, now or when it comes. */
  line(test: (line: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      this.#changed = () => {
        const found = this.lines.find(test);
        if (found) resolve(found);
        else if (this.#exit) reject(new Error(`ended: ${this.stdout}${this.stderr}`));
      };
      this.#changed();
    });
  }

  /** Where it listens. */
  async url(): Promise<string> {
    return String((await this.line((line) => line.url !== undefined)).url);
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.#pid, signal);
  }

  signalGroup(signal: NodeJS.Signals): void {
    process.kill(-this.#pid, signal);
  }

  get #pid(): number {
    if (this.child.pid === undefined) throw new Error('was not started');
    return this.child.pid;
  }

  async #end(): Promise<void> {
    if (this.#exit === undefined) {
      if (this.child.spawnargs[0] === 'npm') this.signalGroup('SIGKILL');
      else this.signal('SIGKILL');
    }
    await this.exited;
  }
}

/** A port that somebody listens on while the test runs. */
export async function busyPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}
