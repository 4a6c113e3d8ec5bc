import { type FigureName, figureNames, headOf, type Target } from '../scenario.ts';
import { figureOf, type Result, type Spread, seen } from './verdicts.ts';

/** All figures of a scenario, medians over the rounds, as a Markdown table. */
export function figuresTable(result: Result): string {
  const { scenario, rounds } = result;
  const columns = (Object.keys(figureNames) as FigureName[]).filter((figure) =>
    rounds.some((figures) => figures.some((each) => each[figure] !== undefined)),
  );
  const heads = columns.map((figure) => headOf(scenario, figure));
  const rows = scenario.entrants.map(({ label }, i) => [
    label,
    ...columns.map((figure) => number(figureOf(result, i, figure).median, figureNames[figure][1])),
  ]);
  return markdown([scenario.title, ...heads], rows);
}

/** Each target of the scenarios, what was seen, and whether that will do. */
export function targetsTable(results: readonly Result[]): string {
  const rows = results.flatMap((result) =>
    result.scenario.targets.map((target) => [
      `\`${result.scenario.name}\``,
      words(result, target),
      bound(target),
      shown(target, seen(result, target)),
      seen(result, target).median <= target.most ? 'met' : 'missed',
    ]),
  );
  return markdown(['scenario', 'figure', 'target', 'seen (least–most)', ''], rows);
}

export function words({ scenario }: Result, { figure, of, to }: Target): string {
  const name = headOf(scenario, figure);
  return to === undefined ? `${name}, ${of}` : `${name}, ${of} ÷ ${to}`;
}

function bound(target: Target): string {
  return `≤ ${value(target, target.most)}`;
}

function shown(target: Target, { median, least, most }: Spread): string {
  return `${value(target, median)} (${value(target, least)}–${value(target, most)})`;
}

/** A ratio with two digits behind the point, a figure with its own. */
function value({ figure, to }: Target, what: number): string {
  return to === undefined ? number(what, figureNames[figure][1]) : `${what.toFixed(2)}×`;
}

function number(what: number, digits: number): string {
  if (Number.isNaN(what)) return '';
  return what.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function markdown(head: string[], rows: string[][]): string {
  const rule = head.map((_, i) => (i === 0 ? '---' : '--:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
