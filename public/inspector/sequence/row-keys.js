// @ts-check

/**
 * Where a key leads in a list.
 * @param {string} key as in `KeyboardEvent.key`
 * @param {{ place: number, count: number, page: number }} list the place where one is; how many there are, and on a page
 * @returns {number | undefined} none when it leads nowhere
 */
export function placeAfter(key, { place, count, page }) {
  const wanted = {
    ArrowUp: place - 1,
    ArrowDown: place + 1,
    PageUp: place - page,
    PageDown: place + page,
    Home: 0,
    End: count - 1,
  }[key];
  if (wanted === undefined || count === 0) return undefined;
  return Math.max(0, Math.min(count - 1, wanted));
}
