// @ts-check

/** The session was ended in another tab, or on another device. */
export const ENDED_ELSEWHERE = 4003;

/** Closed with one of these, the server does not want this session back. */
const FINAL = new Set([1008, ENDED_ELSEWHERE]);

/** The server has too much to do: come back, but later than after a mere loss. */
export const OVERLOADED = 1013;

/** @param {number} code */
export function endsForGood(code) {
  return FINAL.has(code);
}

/** Why the session is over, by close code, for the one who sees the form again. */
export const farewells = /** @type {Record<number, string>} */ ({
  1008: 'The server closed the connection: too much was sent too fast.',
  [ENDED_ELSEWHERE]: 'This session was ended in another tab.',
});
