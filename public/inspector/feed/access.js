// @ts-check

/**
 * Why the feed does not open.
 * @typedef {{ verdict: 'off' } | { verdict: 'refused', words: string } | { verdict: 'allowed' }} Access
 */

/** Milliseconds. */
const ANSWER_DUE = 8_000;

/**
 * A browser does not say why a WebSocket was refused: the same address, asked as a page, does.
 * @param {string} token empty for none
 * @param {AbortSignal} signal
 * @returns {Promise<Access>}
 * @throws when the server does not answer
 */
export async function askForAccess(token, signal) {
  const url = new URL('ws/inspect', document.baseURI);
  if (token !== '') url.searchParams.set('token', token);
  const response = await fetch(url, {
    cache: 'no-store',
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_DUE)]),
  });
  if (response.status === 404) return { verdict: 'off' };
  if (response.status === 401 || response.status === 403) {
    return { verdict: 'refused', words: await wordsOf(response) };
  }
  return { verdict: 'allowed' };
}

/** @param {Response} response */
async function wordsOf(response) {
  try {
    const { error } = await response.json();
    return typeof error === 'string' ? error : '';
  } catch {
    return '';
  }
}
