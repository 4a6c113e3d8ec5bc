import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { inspected, start } from './contenders.ts';
import { Crowd } from './crowd.ts';
import { median, quantile } from './quantiles.ts';
import { Stage } from './stage.ts';

const READERS = 100;
/** Lines to each of them while a viewer comes, and as many while none does, in turn. */
const LINES = 40;
const ARRIVALS = 10;
/** Rooms and statistics, besides the sessions. */
const OTHER_ACTORS = 5;

/**
 * What a viewer that comes costs on a server where many sessions live: how long until it has its list, and how long
 * a line takes to a room of a hundred meanwhile.
 * @returns a Markdown table
 */
export async function measureArrival(sessions: number): Promise<string> {
  const server = await start(inspected);
  const crowd = new Crowd();
  const stage = new Stage();
  const viewer = new ViewerProcess(server.port, sessions + OTHER_ACTORS);
  try {
    await crowd.gather(server.port, sessions - READERS);
    await stage.fill(server.port, READERS);
    await stage.play(LINES);
    const rows: string[] = [];
    for (const what of ['list', 'all'] as const) rows.push(await row(what, stage, viewer));
    const head = `| with ${sessions.toLocaleString('en')} sessions, a viewer that gets | ready ms (most) | p99 ms without | p99 ms meanwhile | ratio | target |`;
    return [head, '| --- | --: | --: | --: | --: | --: |', ...rows].join('\n');
  } finally {
    viewer.end();
    stage.clear();
    crowd.leave();
    await server.stop();
  }
}

async function row(what: 'list' | 'all', stage: Stage, viewer: ViewerProcess): Promise<string> {
  const ready: number[] = [];
  const alone: number[] = [];
  const meanwhile: number[] = [];
  for (let i = 0; i < ARRIVALS; i++) {
    alone.push(...(await stage.play(LINES)));
    const visit = viewer.visit(what);
    meanwhile.push(...(await stage.play(LINES)));
    ready.push(await visit);
  }
  const [without, during] = [quantile(alone, 0.99), quantile(meanwhile, 0.99)];
  return `| ${[
    what === 'list' ? 'the list' : 'everything, as the official one',
    `${median(ready).toFixed(0)} (${Math.max(...ready).toFixed(0)})`,
    without.toFixed(1),
    during.toFixed(1),
    `${(during / without).toFixed(2)}×`,
    what === 'list' ? 'ready < 2,000 ms, p99 ≤ 2×' : '',
  ].join(' | ')} |`;
}

/** Apart from the driver, which would read the lines later while it reads the list. */
class ViewerProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(port: number, actors: number) {
    const script = fileURLToPath(new URL('./peers/viewer.mjs', import.meta.url));
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
