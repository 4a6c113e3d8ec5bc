import { figureNames, headOf } from '../scenario.ts';
import { figureOf, type Result } from './verdicts.ts';

const WIDTH = 760;
const ROW = 26;
const LEFT = 250;
const TOP = 44;
const BAR_MAX = 380;

/**
 * A scenario as a picture: a bar for each entrant, its least and most as a line over it. Readable on light and on
 * dark ground, since a page's own theme does not reach into it.
 */
export function picture(result: Result): string {
  const { scenario } = result;
  const figure = scenario.shows;
  const digits = figureNames[figure][1];
  const spreads = scenario.entrants.map((_, i) => figureOf(result, i, figure));
  const most = Math.max(...spreads.map((spread) => spread.most));
  const x = (value: number) => Math.round((value / most) * BAR_MAX * 10) / 10;
  const rows = scenario.entrants.map(({ label }, i) => {
    const { median, least, most: greatest } = spreads[i] as (typeof spreads)[number];
    const y = TOP + i * ROW;
    const middle = y + ROW / 2 - 2;
    return [
      `<text class="label" x="${LEFT - 8}" y="${middle + 4}">${escaped(label)}</text>`,
      `<rect class="${isOurs(label) ? 'ours' : 'peer'}" x="${LEFT}" y="${y + 3}" width="${x(median)}" height="${ROW - 10}" rx="2"/>`,
      `<path class="range" d="M${LEFT + x(least)} ${middle}H${LEFT + x(greatest)}"/>`,
      `<text x="${LEFT + x(greatest) + 8}" y="${middle + 4}">${median.toFixed(digits)}</text>`,
    ].join('');
  });
  const height = TOP + scenario.entrants.length * ROW + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(scenario.title)}">
<style>${STYLE}</style>
<rect class="ground" width="${WIDTH}" height="${height}" rx="6"/>
<text class="title" x="12" y="26">${escaped(scenario.title)}: ${escaped(headOf(scenario, figure))}</text>
${rows.join('\n')}
</svg>
`;
}

/** A ground of its own: on whatever page it is put, its words can be read. */
const STYLE = `
text{font:13px system-ui,sans-serif;fill:#24292f}.title{font-weight:600}.label{text-anchor:end}
.ground{fill:#fff}.ours{fill:#0969da}.peer{fill:#9aa4af}.range{stroke:#24292f;stroke-width:1.5}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.ground{fill:#161b22}.ours{fill:#4493f8}.peer{fill:#6e7681}.range{stroke:#e6edf3}}
`;

const PEERS = /^(bare ws|ws with rooms|Socket\.IO)/;

function isOurs(label: string): boolean {
  return !PEERS.test(label);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
