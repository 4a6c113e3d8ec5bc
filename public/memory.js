// @ts-check

/**
 * What the browser keeps for us: the name and theme for good, the session and open room while the tab lives.
 * Storage can be forbidden; then nothing is remembered and everything else works.
 */
export const memory = {
  name: slot(() => localStorage, 'troupe.name'),
  theme: slot(() => localStorage, 'troupe.theme'),
  session: slot(() => sessionStorage, 'troupe.session'),
  room: slot(() => sessionStorage, 'troupe.room'),
};

/**
 * @param {() => Storage} storage the getter itself throws where storage is forbidden
 * @param {string} key
 */
function slot(storage, key) {
  return {
    /** @returns {string} empty when there is none */
    get() {
      try {
        return storage().getItem(key) ?? '';
      } catch {
        return '';
      }
    },
    /** @param {string} value empty to forget it */
    set(value) {
      try {
        if (value === '') storage().removeItem(key);
        else storage().setItem(key, value);
      } catch {
        // Not remembered, as said above.
      }
    },
  };
}
