// @ts-check

/**
 * @typedef {object} Branch a line of a value that is shown as a tree
 * @property {string} key unique: the path to it
 * @property {readonly string[]} path
 * @property {string} name
 * @property {number} depth from 1
 * @property {string} words of a leaf its value, of others what is in it
 * @property {'text' | 'number' | 'word' | 'list' | 'record' | 'cut' | 'more'} kind
 * @property {boolean | undefined} isExpanded undefined for a leaf
 * @property {number} position among its siblings, from 1
 * @property {number} size how many they are
 */

/** So many of one value are shown before one asks for more. */
export const SHOWN_AT_ONCE = 100;
/** What the server has cut, or does not show: `…`, `… 12 more`, `Once upon… (2400 characters)`, `(hidden)`. */
const CUT = /^…|…$|… \(\d+ characters\)$|^\((?:hidden|circle|cannot be shown.*)\)$/u;

/**
 * The lines of a value, with what is in those that are expanded.
 * @param {unknown} value
 * @param {{ isExpanded: (key: string, depth: number, size: number) => boolean, shownOf: (key: string) => number }} choices
 * @returns {Branch[]}
 */
export function branchesOf(value, choices) {
  /** @type {Branch[]} */
  const branches = [];
  grow(value, [], branches, choices);
  return branches;
}

/**
 * @param {unknown} value
 * @param {readonly string[]} path
 * @param {Branch[]} branches
 * @param {Parameters<typeof branchesOf>[1]} choices
 */
function grow(value, path, branches, choices) {
  const inner = childrenOf(value);
  const shown = inner.slice(0, choices.shownOf(keyOf(path)));
  const rest = inner.length - shown.length;
  const size = shown.length + Number(rest > 0);
  for (const [index, [name, child]] of shown.entries()) {
    const childPath = [...path, name];
    const key = keyOf(childPath);
    const { length } = childrenOf(child);
    const isExpanded = length > 0 ? choices.isExpanded(key, childPath.length, length) : undefined;
    const look = {
      key,
      path: childPath,
      name,
      depth: childPath.length,
      isExpanded,
      position: index + 1,
      size,
    };
    branches.push({ ...look, ...(name === '…' ? { words: String(child), kind: 'cut' } : wordsFor(child)) });
    if (isExpanded) grow(child, childPath, branches, choices);
  }
  if (rest === 0) return;
  branches.push({
    key: `${keyOf(path)}/…more`,
    path,
    name: `${rest} more`,
    depth: path.length + 1,
    words: '',
    kind: 'more',
    isExpanded: undefined,
    position: size,
    size,
  });
}

/** @param {readonly string[]} path */
export function keyOf(path) {
  return JSON.stringify(path);
}

/** A value in one line. @param {unknown} value @returns {Pick<Branch, 'words' | 'kind'>} */
export function wordsFor(value) {
  if (typeof value === 'string') {
    const isCut = CUT.test(value);
    return { words: isCut ? value : JSON.stringify(value), kind: isCut ? 'cut' : 'text' };
  }
  if (Array.isArray(value)) return { words: value.length === 0 ? '[]' : `[${value.length}]`, kind: 'list' };
  if (typeof value === 'object' && value !== null) {
    const { length } = Object.keys(value);
    return { words: length === 0 ? '{}' : `{${length}}`, kind: 'record' };
  }
  return { words: String(value), kind: typeof value === 'number' ? 'number' : 'word' };
}

/** @param {unknown} value @returns {[string, unknown][]} */
function childrenOf(value) {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
