import type { Contender } from './contenders.ts';
import type { Figures } from './measure.ts';
import { median } from './quantiles.ts';
import type { Work } from './works.ts';

export interface Result {
  work: Work;
  /** For each round, the figures of each contender. */
  rounds: Figures[][];
}

const HEAD = [
  'work',
  'server',
  'CPU µs per delivery',
  'ratio (least–most)',
  'target',
  'deliveries/s',
  'p50 ms',
  'p99 ms',
  'driver busy',
];

/** A Markdown table: medians over the rounds, and of the ratios to the last contender, round by round. */
export function table(contenders: readonly Contender[], results: Result[]): string {
  const rows = results.flatMap((result) => contenders.map((_, i) => row(contenders, result, i)));
  const rule = HEAD.map((_, i) => (i < 2 ? '---' : '--:'));
  return [HEAD, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function row(contenders: readonly Contender[], { work, rounds }: Result, contender: number): string[] {
  const isBase = contender === contenders.length - 1;
  const { name, target = work.target } = contenders[contender] as Contender;
  const of = (field: keyof Figures) => rounds.map((figures) => figures[contender]?.[field] ?? Number.NaN);
  const base = rounds.map((figures) => figures.at(-1)?.cpuPerDelivery ?? Number.NaN);
  const ratios = of('cpuPerDelivery').map((cost, round) => cost / (base[round] as number));
  return [
    work.name,
    name,
    median(of('cpuPerDelivery')).toFixed(2),
    isBase
      ? times(1)
      : `${times(median(ratios))} (${times(Math.min(...ratios))}–${times(Math.max(...ratios))})`,
    isBase ? '' : `≤ ${times(target)}`,
    Math.round(median(of('deliveriesPerSecond'))).toLocaleString('en'),
    median(of('p50')).toFixed(1),
    median(of('p99')).toFixed(1),
    `${Math.round(median(of('driverLoad')) * 100)} %`,
  ];
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)}×`;
}
