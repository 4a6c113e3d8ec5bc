/** What V8's sampling profiler tells. */
export interface CpuProfile {
  nodes: {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
    children?: number[];
  }[];
  samples: number[];
  /** Microseconds. */
  timeDeltas: number[];
}

interface Frame {
  name: string;
  /** Microseconds, with all that it called. */
  total: number;
  callees: Map<string, Frame>;
}

const WIDTH = 1_000;
const ROW = 15;
/** Part of the width below which a frame is left out: it could not be read, and the file stays small. */
const LEAST = 0.004;

/** A flame graph as SVG: what is called lies over its caller, as wide as its share of the time. */
export function flame(profile: CpuProfile, title: string): string {
  const root = folded(profile);
  const boxes: string[] = [];
  const depth = draw(root, 0, 0, root.total, boxes);
  const height = (depth + 2) * ROW + 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>${STYLE}</style><rect class="g" width="${WIDTH}" height="${height}"/><text x="4" y="12">${escaped(title)}</text>
<g transform="translate(0 ${height - 4}) scale(1 -1)">
${boxes.join('\n')}
</g></svg>
`;
}

const STYLE =
  'text{font:10px ui-monospace,monospace;fill:#24292f}.g{fill:#fff}.k{fill:#d8dee4}.n{fill:#b6d7f5}.x{fill:#f5d5a5}.o{fill:#b4e0b4}';

function draw(frame: Frame, x: number, level: number, whole: number, boxes: string[]): number {
  const width = (frame.total / whole) * WIDTH;
  if (width < LEAST * WIDTH) return level;
  const y = level * ROW;
  const letters = Math.floor((width - 4) / 6);
  const label = letters > 2 ? escaped(frame.name.split(' ')[0]?.slice(0, letters) ?? '') : '';
  const share = ((100 * frame.total) / whole).toFixed(1);
  boxes.push(
    `<g><title>${escaped(frame.name)} ${share} %</title><rect class="${kindOf(frame.name)}" x="${x.toFixed(1)}" y="${y}" width="${Math.max(0.1, width - 0.3).toFixed(1)}" height="${ROW - 1}"/>${label ? `<text transform="translate(${(x + 2).toFixed(1)} ${y + 4}) scale(1 -1)">${label}</text>` : ''}</g>`,
  );
  let at = x;
  let top = level;
  for (const callee of [...frame.callees.values()].sort((a, b) => b.total - a.total)) {
    top = Math.max(top, draw(callee, at, level + 1, whole, boxes));
    at += (callee.total / whole) * WIDTH;
  }
  return top;
}

/** The kernel and the collector, node, packages, and ours. */
function kindOf(name: string): string {
  if (name.includes('node_modules/')) return 'x';
  if (name.includes('node:')) return 'n';
  return name.includes('dist/') ? 'o' : 'k';
}

function folded({ nodes, samples, timeDeltas }: CpuProfile): Frame {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map<number, number>();
  for (const [i, id] of samples.entries()) own.set(id, (own.get(id) ?? 0) + (timeDeltas[i] ?? 0));
  const root: Frame = { name: 'all', total: 0, callees: new Map() };
  function add(id: number, caller: Frame): number {
    const node = byId.get(id);
    if (!node) return 0;
    const { functionName, url, lineNumber } = node.callFrame;
    // Neither waiting nor the profiler's own beginning is the server's time.
    if (functionName === '(idle)' || url.endsWith('/probe.mjs')) return 0;
    const place = url.replace(/^.*\/(node_modules|dist)\//, '$1/').replace(/^file:.*\//, '');
    const name = `${functionName || '(anonymous)'}${url ? ` ${place}:${lineNumber + 1}` : ''}`;
    const frame = functionName === '(root)' ? caller : calleeOf(caller, name);
    let total = own.get(id) ?? 0;
    for (const child of node.children ?? []) total += add(child, frame);
    frame.total += total;
    return total;
  }
  if (nodes[0]) add(nodes[0].id, root);
  return root;
}

function calleeOf(caller: Frame, name: string): Frame {
  const known = caller.callees.get(name) ?? { name, total: 0, callees: new Map() };
  caller.callees.set(name, known);
  return known;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
