// @ts-check

/** @import { StateValue } from '../../../src/inspect/wire.ts' */

/**
 * Who sends or receives.
 * @typedef {object} Lane
 * @property {string} id
 * @property {string} name
 * @property {'room' | 'session' | 'stats' | 'page' | 'client' | 'journal' | 'outside'} kind
 */

/**
 * Something that was sent, in its place in the recording.
 * @typedef {object} Message
 * @property {number} id rises with the place
 * @property {number} at milliseconds since the epoch
 * @property {Lane} from
 * @property {Lane} to
 * @property {string} type
 * @property {unknown} payload
 * @property {boolean} isHeartbeat
 * @property {{ from: StateValue | null, to: StateValue }} [change] of its receiver; absent until it is known
 */

/** @typedef {Lane['kind']} LaneKind */

/** What a message passes on its way comes from left to right: the world, people's sessions, rooms, what they report to. */
const KINDS = /** @type {const} */ (['client', 'page', 'outside', 'session', 'room', 'stats', 'journal']);

/** Where lanes of a kind stand among the others. @param {LaneKind} kind */
export function rankOf(kind) {
  const rank = KINDS.indexOf(kind);
  return rank < 0 ? KINDS.length : rank;
}

/** The name without the kind, which is shown by itself: `general` of `room:general`. @param {Lane} lane */
export function bareName({ kind, name }) {
  return name.startsWith(`${kind}:`) ? name.slice(kind.length + 1) : name;
}

/** `room general`; `stats`, of which there is one. @param {Lane} lane */
export function laneWords(lane) {
  const name = bareName(lane);
  return name === lane.kind ? name : `${lane.kind} ${name}`;
}
