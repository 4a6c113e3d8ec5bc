// @ts-check

/** Closed with one of these, the server does not want this session back: flood, ended elsewhere. */
const FINAL = new Set([1008, 4003]);

/** The server has too much to do: come back, but later than after a mere loss. */
export const OVERLOADED = 1013;

/** @param {number} code */
export function endsForGood(code) {
  return FINAL.has(code);
}

/** Why the session is over, by close code, for the one who sees the form again. */
export const farewells = /** @type {Record<number, string>} */ ({
  1008: 'The server closed the connection: too much was sent too fast.',
  4003: 'This session was ended in another tab.',
});
