import type { FigureName, Figures, Scenario, Target } from '../scenario.ts';
import { median, quantile } from './quantiles.ts';

export interface Result {
  readonly scenario: Scenario;
  /** For each round, the figures of each entrant. */
  readonly rounds: Figures[][];
}

/** Median over the rounds, with the least and the greatest. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** What was seen of a target: a ratio is taken round by round. */
export function seen({ scenario, rounds }: Result, { figure, of, to }: Target): Spread {
  const place = (label: string) => scenario.entrants.findIndex((entrant) => entrant.label === label);
  const [mine, theirs] = [place(of), to === undefined ? undefined : place(to)];
  return spread(
    rounds.map((figures) => {
      const value = figures[mine]?.[figure] ?? Number.NaN;
      return theirs === undefined ? value : value / (figures[theirs]?.[figure] ?? Number.NaN);
    }),
  );
}

export function figureOf({ rounds }: Result, entrant: number, figure: FigureName): Spread {
  return spread(rounds.map((figures) => figures[entrant]?.[figure] ?? Number.NaN));
}

function spread(values: number[]): Spread {
  return { median: median(values), least: Math.min(...values), most: quantile(values, 1) };
}
