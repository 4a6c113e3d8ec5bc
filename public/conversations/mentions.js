// @ts-check

/** The characters of names, as in `src/protocol/names.ts`. */
const NAME = /@([\p{L}\p{M}\p{N}_-]+)/gu;

/**
 * Where a text names people: `@Ann`, but not the `@` of an address.
 * @param {string} text
 * @returns {{ start: number, end: number, name: string }[]} in code units; `end` is behind the name
 */
export function mentionsIn(text) {
  return [...text.matchAll(NAME)]
    .filter(({ index }) => index === 0 || !/[\p{L}\p{M}\p{N}_-]/u.test(text[index - 1] ?? ''))
    .map(({ index, 0: whole, 1: name = '' }) => ({ start: index, end: index + whole.length, name }));
}

/** Names are unique without regard to case. @param {string} one @param {string} other */
export function sameName(one, other) {
  return one.toLowerCase() === other.toLowerCase();
}
