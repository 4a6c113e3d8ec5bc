// @ts-check
/** @import { StateValue } from '../../../src/inspect/wire.ts' */

/**
 * A state in one line, as the rows of the feed have it: `watched.feed.calm, watched.report.waiting`.
 * @param {StateValue | null | undefined} value
 */
export function stateWords(value) {
  return value === null || value === undefined ? '' : leavesOf(value).join(', ');
}

/** The state that such a line names. @param {string} words @returns {StateValue | undefined} */
export function stateNamed(words) {
  if (words === '') return undefined;
  return grown(words.split(', ').map((path) => path.split('.')));
}

/** The innermost states as paths. @param {StateValue} value @returns {string[]} */
export function leavesOf(value) {
  if (typeof value === 'string') return [value];
  return Object.entries(value).flatMap(([region, inner]) => {
    const leaves = leavesOf(inner);
    return leaves.length === 0 ? [region] : leaves.map((leaf) => `${region}.${leaf}`);
  });
}

/** @param {string[][]} paths @returns {StateValue} */
function grown(paths) {
  const [[first = '', ...further] = []] = paths;
  if (paths.length === 1 && further.length === 0) return first;
  const regions = [...new Set(paths.map(([region = '']) => region))];
  return Object.fromEntries(
    regions.map((region) => {
      const inner = paths.filter(([each]) => each === region).map(([, ...rest]) => rest);
      const deeper = inner.filter(({ length }) => length > 0);
      return [region, deeper.length === 0 ? {} : grown(deeper)];
    }),
  );
}
