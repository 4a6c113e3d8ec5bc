import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { CpuProfile } from '../report/flame.ts';
import type { Contender } from './contenders.ts';

const START_MS = 10_000;
const STOP_MS = 10_000;
const PROBE = fileURLToPath(new URL('probe.mjs', import.meta.url));

/** A server that runs. */
export class Running {
  readonly pid: number;
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #gone: Promise<unknown>;

  constructor(child: ChildProcess, port: number) {
    this.pid = child.pid as number;
    this.port = port;
    this.#child = child;
    // If this process ends by an error, so does the server.
    process.once('exit', this.#kill);
    this.#gone = once(child, 'exit').finally(() => process.off('exit', this.#kill));
  }

  /** What it holds when all garbage is collected; bytes. */
  async memory(): Promise<{ heap: number; resident: number }> {
    const { heapUsed, external } = (await this.#ask('memory')) as NodeJS.MemoryUsage;
    const status = readFileSync(`/proc/${this.pid}/status`, 'latin1');
    const resident = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
    return { heap: heapUsed + external, resident };
  }

  /** From now on it notes where its time goes. */
  async beginProfile(): Promise<void> {
    await this.#ask('profile');
  }

  async endProfile(): Promise<CpuProfile> {
    return (await this.#ask('profiled')) as CpuProfile;
  }

  async #ask(question: string): Promise<unknown> {
    const answer = once(this.#child, 'message');
    this.#child.send(question);
    const [message] = (await answer) as [{ answer: unknown }];
    return message.answer;
  }

  async stop(): Promise<void> {
    const timer = setTimeout(this.#kill, STOP_MS);
    this.#child.kill('SIGTERM');
    await this.#gone;
    clearTimeout(timer);
  }

  readonly #kill = () => {
    this.#child.kill('SIGKILL');
  };
}

export async function start(contender: Contender): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--expose-gc', '--import', PROBE, contender.script], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), ...contender.env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const running = new Running(child, port);
  await accepting(port, child, contender.name);
  return running;
}

/** Below those that the system gives out by itself: another process must not be given it before the server has it. */
const PORTS = { from: 20_000, count: 12_000 };

export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error('no port is free');
}

/** No server says on which port it listens when it is silent, so all are asked in the same way. */
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
