// @ts-check
import { KEY_PREFIX, slot } from '../../memory.js';

/** What lets one see the feed of a server elsewhere; kept while the tab lives. */
export const token = slot(() => sessionStorage, `${KEY_PREFIX}inspector.token`, '');

const MARK = '#token=';

/** Takes the token out of the address, so that nobody copies or bookmarks it by mistake. */
export function takeTokenFromAddress() {
  if (!location.hash.startsWith(MARK)) return;
  token.set(decoded(location.hash.slice(MARK.length)));
  history.replaceState(null, '', location.pathname + location.search);
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
