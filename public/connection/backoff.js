// @ts-check
import { OVERLOADED } from './close-codes.js';

/** Milliseconds. */
const FIRST_DELAY = 500;
const OVERLOADED_DELAY = 5_000;
const LONGEST_DELAY = 30_000;

/**
 * Full jitter: somewhere below a bound that doubles, so that pages are never in step and a server that comes back is
 * not run over. An overloaded one is left alone for half the bound at least.
 * @param {number} attempts since the connection last held
 * @param {number} code of the close
 * @returns {number} milliseconds
 */
export function delayBefore(attempts, code) {
  if (code === OVERLOADED) {
    const bound = Math.min(OVERLOADED_DELAY * 2 ** attempts, LONGEST_DELAY);
    return bound * (0.5 + Math.random() / 2);
  }
  return Math.min(FIRST_DELAY * 2 ** attempts, LONGEST_DELAY) * Math.random();
}
