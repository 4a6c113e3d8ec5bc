// @ts-check

/**
 * @typedef {object} Change
 * @property {readonly string[]} path
 * @property {'added' | 'removed' | 'changed'} kind
 * @property {unknown} from
 * @property {unknown} to
 */

/** More than these are not told one by one. */
const CHANGES_MAX = 100;

/**
 * What is not as it was, the innermost of it: `users.2.status`.
 * @param {unknown} before
 * @param {unknown} after
 * @returns {Change[]}
 */
export function changesBetween(before, after) {
  /** @type {Change[]} */
  const changes = [];
  compare([], before, after, changes);
  return changes;
}

/** @param {string[]} path @param {unknown} from @param {unknown} to @param {Change[]} changes */
function compare(path, from, to, changes) {
  if (Object.is(from, to) || changes.length >= CHANGES_MAX) return;
  if (Array.isArray(from) && Array.isArray(to)) compareLists(path, from, to, changes);
  else if (isRecord(from) && isRecord(to)) compareRecords(path, from, to, changes);
  else changes.push({ path, kind: 'changed', from, to });
}

/**
 * @param {string[]} path
 * @param {Record<string, unknown>} from
 * @param {Record<string, unknown>} to
 * @param {Change[]} changes
 */
function compareRecords(path, from, to, changes) {
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const inner = [...path, key];
    if (!Object.hasOwn(to, key))
      changes.push({ path: inner, kind: 'removed', from: from[key], to: undefined });
    else if (!Object.hasOwn(from, key))
      changes.push({ path: inner, kind: 'added', from: undefined, to: to[key] });
    else compare(inner, from[key], to[key], changes);
    if (changes.length >= CHANGES_MAX) return;
  }
}

/**
 * What both ends share is not looked at: in a list that lost its first item, not every item has changed.
 * @param {string[]} path
 * @param {unknown[]} from
 * @param {unknown[]} to
 * @param {Change[]} changes
 */
function compareLists(path, from, to, changes) {
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && isSame(from[head], to[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && isSame(from.at(-1 - tail), to.at(-1 - tail))) tail += 1;
  const gone = from.slice(head, from.length - tail);
  const come = to.slice(head, to.length - tail);
  if (gone.length === come.length) {
    come.forEach((item, index) => {
      compare([...path, String(head + index)], gone[index], item, changes);
    });
    return;
  }
  gone.forEach((item, index) => {
    if (twinOf(item, come)) return;
    changes.push({ path: [...path, String(head + index)], kind: 'removed', from: item, to: undefined });
  });
  come.forEach((item, index) => {
    const inner = [...path, String(head + index)];
    const twin = twinOf(item, gone);
    if (twin) compare(inner, twin, item, changes);
    else changes.push({ path: inner, kind: 'added', from: undefined, to: item });
  });
}

/** What is the same thing by its id, though not as it was. @param {unknown} item @param {unknown[]} others */
function twinOf(item, others) {
  if (!isRecord(item) || item.id === undefined) return undefined;
  return others.find((other) => isRecord(other) && other.id === item.id);
}

/** @param {unknown} one @param {unknown} other */
function isSame(one, other) {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
