import type { Entrant, Figures, Scenario, Trial } from './scenario.ts';

/** Puts all entrants through one scenario once: in turn, or some after the others where it is too much for all at once. */
export async function playRound({
  entrants,
  turns,
  together = entrants.length,
}: Scenario): Promise<Figures[]> {
  const figures: Figures[] = [];
  for (let i = 0; i < entrants.length; i += together) {
    figures.push(...(await playTogether(entrants.slice(i, i + together), turns)));
  }
  return figures;
}

async function playTogether(entrants: readonly Entrant[], turns: number): Promise<Figures[]> {
  const trials: Trial[] = [];
  try {
    for (const entrant of entrants) trials.push(await entrant.open());
    for (let turn = 0; turn < turns; turn++) for (const trial of trials) await trial.take();
    const figures: Figures[] = [];
    for (const trial of trials) figures.push(await trial.figures());
    return figures;
  } finally {
    for (const trial of trials) await trial.end();
  }
}
