import { median } from '../report/quantiles.ts';
import type { Figure } from './figure.ts';

const HEAD = ['', 'median ms', 'least–most', 'times', 'target', 'met'];

/** A Markdown table. */
export function table(figures: readonly Figure[]): string {
  const rule = HEAD.map((_, i) => (i === 0 || i === 5 ? '---' : '--:'));
  return [HEAD, rule, ...figures.map(row)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function row({ name, seen, target, least = 0 }: Figure): string[] {
  const words = (ms: number) => (ms < least ? `< ${least}` : Math.round(ms).toLocaleString('en'));
  const middle = median(seen);
  return [
    name,
    words(middle),
    `${words(Math.min(...seen))}–${words(Math.max(...seen))}`,
    String(seen.length),
    target === undefined ? '' : `< ${target.toLocaleString('en')}`,
    target === undefined ? '' : middle < target ? 'yes' : 'no',
  ];
}
