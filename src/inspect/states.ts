import type { StateValue } from './wire.ts';

/**
 * A state value in one line: `occupied`, `linked.online.steady`; the regions of a parallel state one after the other,
 * `watched.feed.calm, watched.report.waiting`.
 */
export function stateText(value: StateValue): string {
  return pathsOf(value).join(', ');
}

function pathsOf(value: StateValue): string[] {
  if (typeof value === 'string') return [value];
  return Object.entries(value).flatMap(([name, inner]) => {
    const paths = pathsOf(inner);
    // A region without states of its own is in itself.
    return paths.length === 0 ? [name] : paths.map((path) => `${name}.${path}`);
  });
}
