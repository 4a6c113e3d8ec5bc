// @ts-check
/** @import { Entry } from '../../src/protocol/entities.ts' */

/**
 * One line of a log. `id` is absent from what is not kept: notices of the page's own, the answers to commands, and what
 * the server has not stored yet. A line never changes; another takes its place.
 * @typedef {object} Line
 * @property {number} [id]
 * @property {string} [ref] of what this page posted: the pending line and the stored one have the same
 * @property {'message' | 'action' | 'system' | 'notice' | 'answer'} kind
 * @property {'pending' | 'failed'} [state] absent from what is stored
 * @property {string} [reason] why it failed, in words
 * @property {string} from
 * @property {string} text
 * @property {number} ts seconds since the epoch
 * @property {boolean} [mentionsMe]
 */

/**
 * @param {Entry} entry
 * @returns {Line}
 */
export function lineOf({ id, type, from, text, ts }) {
  return { id, kind: type, from, text, ts };
}

/**
 * A line of the page's own.
 * @param {string} text
 * @param {'notice' | 'answer'} kind
 * @returns {Line}
 */
export function notice(text, kind = 'notice') {
  return { kind, from: '', text, ts: Date.now() / 1_000 };
}
