// @ts-check
import { pageActorId, titleOf } from './kinds.js';

/** @import { EventFrame, Origin } from '../../../src/inspect/wire.ts' */
/** @import { World } from './world.js' */

/**
 * @typedef {object} Lane one of those between whom events go
 * @property {string} id of the actor, if it is one
 * @property {string} name as it was when the event was sent
 * @property {'room' | 'session' | 'stats' | 'page' | 'client' | 'journal' | 'outside'} kind
 */

/** @type {Lane} */
const OUTSIDE = { id: 'outside', name: 'outside', kind: 'outside' };
/** @type {Lane} */
const JOURNAL = { id: 'journal', name: 'journal', kind: 'journal' };

/** @param {string} id of an actor @param {World} world @returns {Lane} */
export function laneOf(id, world) {
  const actor = world.find(id);
  if (!actor) return { id, name: id, kind: 'outside' };
  return { id, name: actor.name, kind: actor.kind === 'other' ? 'outside' : actor.kind };
}

/** Who sent an event, as far as the feed can tell. @param {EventFrame} frame @param {World} world @returns {Lane} */
export function senderOf({ sourceId, origin, sessionId }, world) {
  // What the journal tells an actor of its own doing, nobody else has sent.
  if (origin === 'journal' && (sourceId === undefined || sourceId === sessionId)) return JOURNAL;
  if (sourceId !== undefined) return laneOf(sourceId, world);
  return origin === undefined ? OUTSIDE : laneOfOrigin(origin, sessionId, world);
}

/**
 * @param {Origin} origin
 * @param {string} to the receiver: a client's is its own session
 * @param {World} world
 * @returns {Lane}
 */
function laneOfOrigin(origin, to, world) {
  if (origin.startsWith('page:')) {
    const id = pageActorId(origin.slice('page:'.length));
    return { id, name: world.find(id)?.name ?? origin, kind: 'page' };
  }
  const session = world.find(to);
  const name = session?.kind === 'session' ? `client:${titleOf(session.name)}` : origin;
  return { id: origin, name, kind: 'client' };
}
