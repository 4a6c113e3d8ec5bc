import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { watch } from './watch.ts';

/** A server that is measured: what to run, as a process of its own. */
export interface Contender {
  readonly name: string;
  readonly script: string;
  readonly env: Record<string, string>;
  /** Ratio that is aimed at, where it is not that of the work. */
  readonly target?: number;
  /** Comes along once the clients are there, and goes when told. */
  readonly company?: (port: number) => Promise<() => void>;
  /** Keeps everything on the disk: in a directory of its own, new each time unless one is named. */
  readonly keeps?: boolean;
}

interface Running {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

export const ours: Contender = {
  name: 'troupe',
  script: fileURLToPath(new URL('../dist/main.js', import.meta.url)),
  env: { RATE_PER_SECOND: '0', LOG_LEVEL: 'silent', DATA_DIR: ':memory:' },
};

/** What keeping things costs; the last keeps nothing. */
export const keeping: [Contender, Contender] = [
  { ...ours, name: 'on the disk', target: 1.1, keeps: true },
  { ...ours, name: 'in memory' },
];

export const bareWs: Contender = {
  name: 'bare ws',
  script: fileURLToPath(new URL('./peers/bare-ws.mjs', import.meta.url)),
  env: {},
};

export const inspected: Contender = { ...ours, env: { ...ours.env, INSPECT: '1' } };

/** What the inspector costs: nobody watches, one on the room, one that gets everything; the last has no inspector. */
export const watched: Contender[] = [
  {
    ...inspected,
    name: 'viewer of the room',
    target: 1.15,
    company: (port) => watch(port, { type: 'subscribe', actors: ['room:general'] }),
  },
  { ...inspected, name: 'official viewer, of all', company: (port) => watch(port) },
  { ...inspected, name: 'nobody watches', target: 1 },
  { ...ours, name: 'no inspector' },
];

const START_MS = 10_000;
const STOP_MS = 6_000;

/**
 * @param nodeFlags for the process, such as `--cpu-prof`
 * @param directory what it finds, when it keeps things
 */
export async function start(
  contender: Contender,
  nodeFlags: string[] = [],
  directory?: string,
): Promise<Running> {
  const port = await freePort();
  const own =
    contender.keeps && directory === undefined ? mkdtempSync(join(tmpdir(), 'troupe-bench-')) : undefined;
  const kept = directory ?? own;
  const child = spawn(process.execPath, [...nodeFlags, contender.script], {
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: String(port),
      ...contender.env,
      ...(kept && { DATA_DIR: kept }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  const gone = once(child, 'exit').finally(() => process.off('exit', killed));
  await accepting(port, child, contender.name);
  return {
    pid: child.pid as number,
    port,
    async stop() {
      const timer = setTimeout(killed, STOP_MS);
      child.kill('SIGTERM');
      await gone;
      clearTimeout(timer);
      if (own) rmSync(own, { recursive: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Neither server says on which port it listens when it is silent, so both are asked in the same way. */
async function accepting(port: number, child: ChildProcess, name: string): Promise<void> {
  const until = performance.now() + START_MS;
  while (performance.now() < until && child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  throw new Error(`${name} did not start`);
}
