// @ts-check

/** @typedef {import('../record/lanes.js').Lane} Lane */
/** @typedef {import('../record/messages.js').Message} Message */
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
