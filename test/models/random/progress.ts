import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const FILE = new URL('../../../.model-run.json', import.meta.url);

const progress = z.object({
  /** Of the first walk; those after it count up. */
  seed: z.number(),
  walks: z.number(),
  steps: z.number(),
  /** How many steps the run is to take. */
  goal: z.number(),
});

/** How far a long run has come, kept in a file so that it can be stopped at any time and gone on with. */
export type Progress = z.infer<typeof progress>;

/** What an earlier run towards the same goal has left unfinished. */
export function unfinished(goal: number): Progress | undefined {
  try {
    const kept = progress.parse(JSON.parse(readFileSync(FILE, 'utf8')));
    return kept.goal === goal ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keep(state: Progress): void {
  writeFileSync(FILE, `${JSON.stringify(state)}\n`);
}

export function forget(): void {
  rmSync(FILE, { force: true });
}
