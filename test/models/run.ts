/**
 * `npm run test:model`: every simple path of the small models, then a walk at random. With `--steps 1000000` the walk
 * alone, for so long; stopped and started again, it goes on where it was. `--seed` takes the steps of another run again.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { forget, keep, unfinished } from './random/progress.ts';
import { walkAtRandom } from './random/walk.ts';

const DEFAULT_STEPS = 5_000;
/** Milliseconds between two lines of progress. */
const TELL_EVERY = 10_000;

const { values } = parseArgs({ options: { steps: { type: 'string' }, seed: { type: 'string' } } });
const steps = whole('steps', values.steps);
const seed = whole('seed', values.seed);

// The development build of xstate warns at length of things that are meant to be so.
console.warn = () => {};

if (steps === undefined && seed === undefined) walkSimplePaths();
await walkFor(steps ?? DEFAULT_STEPS, seed);

function walkSimplePaths(): void {
  const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'server', 'test/models/'], {
    stdio: 'inherit',
    env: { ...process.env, MODEL_PATHS: 'simple' },
  });
  if (status !== 0) process.exit(status ?? 1);
}

async function walkFor(goal: number, first: number | undefined): Promise<void> {
  const before = first === undefined ? unfinished(goal) : undefined;
  const state = before ?? { seed: first ?? Math.floor(Math.random() * 2 ** 31), walks: 0, steps: 0, goal };
  const begun = { at: Date.now(), steps: state.steps };
  console.log(`seed ${state.seed}${before ? `, going on after ${state.steps} steps` : ''}`);
  let toldAt = 0;

  while (state.steps < goal) {
    const walk = await walkAtRandom(state.seed + state.walks);
    if (walk.failure !== undefined) {
      console.error(walk.failure);
      process.exit(1);
    }
    state.walks += 1;
    state.steps += walk.steps;
    if (first === undefined) keep(state);
    if (Date.now() - toldAt < TELL_EVERY && state.steps < goal) continue;
    toldAt = Date.now();
    const perSecond = ((state.steps - begun.steps) * 1_000) / (toldAt - begun.at);
    const megabytes = Math.round(process.memoryUsage.rss() / 2 ** 20);
    console.log(
      `${state.steps} of ${goal} steps, ${state.walks} walks, ${Math.round(perSecond)} a second, ${megabytes} MiB`,
    );
  }
  if (first === undefined) forget();
  console.log(
    `no violation in ${state.steps} steps; to take them again: --seed ${state.seed} --steps ${goal}`,
  );
}

function whole(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  console.error(`--${name} must be a whole number (it is ${JSON.stringify(text)})`);
  process.exit(1);
}
