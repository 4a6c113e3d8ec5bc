// @ts-check
import { kindOf } from './kinds.js';
import { stateNamed, stateWords } from './state-value.js';

/** @import { Row, SnapshotView, StateValue, StepFrame, TimerView } from '../../../src/inspect/wire.ts' */
/** @import { Kind } from './kinds.js' */

/**
 * What is known of an actor at one moment; never changed, but replaced.
 * @typedef {object} ActorState
 * @property {string} id
 * @property {string} name
 * @property {Kind} kind
 * @property {string} state in one line
 * @property {StateValue | undefined} value
 * @property {SnapshotView['status']} status
 * @property {string | undefined} definition only of one that was subscribed to
 * @property {Seen | undefined} seen the same
 * @property {Seen | undefined} before what was seen before `seen`
 * @property {Step | undefined} step the last one
 * @property {number} endedAt in milliseconds since the epoch; 0 while it lives
 *
 * @typedef {object} Seen what a snapshot showed
 * @property {number} at in milliseconds since the epoch
 * @property {unknown} context
 * @property {unknown} error
 * @property {readonly TimerView[]} timers
 *
 * @typedef {Pick<StepFrame, 'event' | 'eventId' | 'from' | 'to' | 'transitions'> & { place: number, at: number }} Step
 */

/** @param {Row} row @returns {ActorState} */
export function actorOfRow([id, name, state]) {
  return {
    id,
    name,
    kind: kindOf(name),
    state,
    value: stateNamed(state),
    status: 'active',
    definition: undefined,
    seen: undefined,
    before: undefined,
    step: undefined,
    endedAt: 0,
  };
}

/** One of which nothing but its id is known. @param {string} id */
export function strangerCalled(id) {
  return actorOfRow([id, id, '']);
}

/** @param {ActorState} actor @param {Row} row @returns {ActorState} */
export function withRow(actor, [, name, state]) {
  if (actor.name === name && actor.state === state) return actor;
  const kept = actor.state === state;
  return { ...actor, name, kind: kindOf(name), state, value: kept ? actor.value : stateNamed(state) };
}

/**
 * @param {ActorState} actor
 * @param {SnapshotView} snapshot
 * @param {readonly TimerView[]} timers
 * @param {number} at
 * @returns {ActorState}
 */
export function withSnapshot(actor, { status, value, context, error }, timers, at) {
  const seen = { at, context, error, timers };
  return { ...actor, status, value, state: stateWords(value), seen, before: actor.seen };
}

/** @param {ActorState} actor @param {StepFrame} frame @param {number} place @param {number} at @returns {ActorState} */
export function withStep(actor, { event, eventId, from, to, transitions }, place, at) {
  const step = { event, eventId, from, to, transitions, place, at };
  return { ...actor, value: to, state: stateWords(to), step };
}
