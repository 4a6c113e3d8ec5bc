import type { Entrant, Figures, Scenario, Trial } from './scenario.ts';

/** Puts all entrants through one scenario once: in turn, or one after the other where it is too much for all at once. */
export async function playRound({ entrants, turns, isApart }: Scenario): Promise<Figures[]> {
  const figures: Figures[] = [];
  for (const group of isApart ? entrants.map((entrant) => [entrant]) : [entrants]) {
    figures.push(...(await playTogether(group, turns)));
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
