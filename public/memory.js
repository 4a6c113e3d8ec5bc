// @ts-check

/**
 * What the browser keeps for us: the name and looks for good; the session, the rooms, and how far one has read while
 * the tab lives. Storage can be forbidden; then nothing is remembered and everything else works.
 */
export const memory = {
  name: slot(() => localStorage, 'troupe.name', ''),
  theme: slot(() => localStorage, 'troupe.theme', ''),
  session: slot(() => sessionStorage, 'troupe.session', ''),
  tab: slot(() => sessionStorage, 'troupe.tab', ''),
  rooms: slot(() => sessionStorage, 'troupe.rooms', /** @type {string[]} */ ([])),
  marks: slot(() => sessionStorage, 'troupe.marks', /** @type {Record<string, Mark>} */ ({})),
};

/** @typedef {{ readUpTo?: number | undefined, closedUpTo?: number | undefined, draft?: string }} Mark of a conversation */

/** What tells our keys from those of other applications on this host. */
export const KEY_PREFIX = 'troupe.';

/**
 * @template T
 * @param {() => Storage} storage the getter itself throws where storage is forbidden
 * @param {string} key
 * @param {T} empty what is read when there is nothing; setting it forgets
 */
export function slot(storage, key, empty) {
  return {
    /** @returns {T} */
    get() {
      try {
        const text = storage().getItem(key);
        if (text === null) return empty;
        return typeof empty === 'string'
          ? /** @type {T} */ (/** @type {unknown} */ (text))
          : JSON.parse(text);
      } catch {
        return empty;
      }
    },
    /** @param {T} value */
    set(value) {
      try {
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        if (text === '' || text === '[]' || text === '{}') storage().removeItem(key);
        else storage().setItem(key, text);
      } catch {
        // Not remembered, as said above.
      }
    },
  };
}
