import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** One life of the server: a process that is going to be killed. */
export interface Life {
  readonly url: string;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when it is gone. */
  readonly gone: Promise<unknown>;
}

/** @throws when the server does not come up */
export async function startLife(DATA_DIR: string): Promise<Life> {
  const { PATH } = process.env;
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    // Whoever is slow to come back through the proxy keeps their session.
    env: { PATH, PORT: '0', DATA_DIR, RATE_PER_SECOND: '0', PRESENCE_GRACE_MS: '600000' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  const gone = once(child, 'exit').finally(() => process.off('exit', killed));
  if (!child.stdout) throw new Error('no output');
  const lines = createInterface(child.stdout);
  const url = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const { url: said } = JSON.parse(line) as { url?: string };
      if (said !== undefined) resolve(said);
    });
    gone.then(() => reject(new Error('the server did not come up')), reject);
  });
  return { url, gone, signal: (signal) => void child.kill(signal) };
}
