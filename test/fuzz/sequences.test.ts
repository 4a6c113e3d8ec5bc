import fc from 'fast-check';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Config } from '../../src/config.ts';
import { Stage } from './stage.ts';
import { steps } from './steps.ts';

/** To see a failure again: FUZZ_SEED and FUZZ_PATH, as the failure names them. */
const { FUZZ_SEED, FUZZ_PATH, FUZZ_RUNS } = process.env;
const TIME_LIMIT_MS = 90_000;

// The development build of xstate, which tests load, warns at length of things that are meant to be so.
beforeAll(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}));

/** @returns how many frames a sequence had, on average */
async function fuzz(runs: number, config: Partial<Config>): Promise<number> {
  let frames = 0;
  let played = 0;
  const property = fc.asyncProperty(steps, async (sequence) => {
    const stage = new Stage(config);
    try {
      await stage.play(sequence);
    } finally {
      frames += stage.sent;
      played += 1;
    }
  });
  await fc.assert(property, {
    numRuns: FUZZ_RUNS ? Number(FUZZ_RUNS) : runs,
    ...(FUZZ_SEED && { seed: Number(FUZZ_SEED) }),
    ...(FUZZ_PATH && { path: FUZZ_PATH }),
    // A failure found is told with what it has shrunk to by then; a slow machine plays fewer.
    interruptAfterTimeLimit: TIME_LIMIT_MS,
  });
  return frames / played;
}

it('keeps its promises through any sequence of frames', { timeout: 2 * TIME_LIMIT_MS }, async () => {
  const average = await fuzz(175, { RATE_PER_SECOND: 0 });
  if (!FUZZ_RUNS && !FUZZ_PATH) expect(average).toBeGreaterThan(60);
});

it('keeps its promises while it limits the rate', { timeout: 2 * TIME_LIMIT_MS }, async () => {
  const average = await fuzz(50, { RATE_BURST: 20, RATE_PER_SECOND: 5 });
  if (!FUZZ_RUNS && !FUZZ_PATH) expect(average).toBeGreaterThan(60);
});
