import fc from 'fast-check';
import type { Command } from './act.ts';
import { acts } from './acts.ts';
import { Town } from './town.ts';

/** Steps of one walk at most. A town does not grow beyond what this many can make of it. */
const STEPS_MAX = 300;
/** A failure is made smaller for so long, and then shown as small as it has become. */
const SHRINK_MS = 60_000;

export interface Walk {
  /** How many things have happened and been checked. */
  steps: number;
  /** What went wrong, with the least that it takes; undefined when nothing did. */
  failure: string | undefined;
}

/** Walks through a town of its own, at random; the same seed takes the same steps. */
export async function walkAtRandom(seed: number): Promise<Walk> {
  let steps = 0;
  const commands = fc.commands(acts, { maxCommands: STEPS_MAX, size: 'max' });
  const property = fc.asyncProperty(commands, async (chosen) => {
    const town = await Town.begin({ isDurable: seed % 2 === 0 });
    try {
      await fc.asyncModelRun(() => ({ model: town.expected, real: town }), chosen);
    } finally {
      steps += town.steps;
      await town.end();
    }
  });
  const details = await fc.check(property, { seed, numRuns: 1, interruptAfterTimeLimit: SHRINK_MS });
  // One that took longer than that, as on a machine that slept, has found nothing.
  const hasFailed = details.failed && details.counterexample !== null;
  return { steps, failure: hasFailed ? failureText(seed, details) : undefined };
}

function failureText(
  seed: number,
  { counterexample, errorInstance, numShrinks }: fc.RunDetails<[Iterable<Command>]>,
): string {
  const [chosen] = counterexample ?? [];
  return [
    `The town is not as it must be ${errorInstance instanceof Error ? errorInstance.message : errorInstance}`,
    '',
    `The least that leads there, made smaller ${numShrinks} times:`,
    // As text: only there are those left out that were never run.
    ...String(chosen)
      .split(/,(?=\w+\()/)
      .map((each) => `  ${each}`),
    '',
    `To see it again: npm run test:model -- --seed ${seed} --steps 1`,
  ].join('\n');
}
