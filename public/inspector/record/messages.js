// @ts-check
import { isHeartbeat } from './kinds.js';
import { laneOf, senderOf } from './lanes.js';

/** @import { EventFrame, StateValue, StepFrame } from '../../../src/inspect/wire.ts' */
/** @import { Lane } from './lanes.js' */
/** @import { World } from './world.js' */

/**
 * @typedef {object} Message an arrow of the sequence diagram
 * @property {number} id rising; the event's place in the recording
 * @property {number} at in milliseconds since the epoch
 * @property {Lane} from
 * @property {Lane} to
 * @property {string} type
 * @property {unknown} payload
 * @property {boolean} isHeartbeat
 * @property {{ from: StateValue | null, to: StateValue }} [change] absent until the step is known
 */

/** The events of a recording, with who sent each to whom and what it changed. */
export class Messages {
  /** @type {Message[]} the oldest first */
  all = [];
  /** @type {Map<string, Message>} by the event's id, until its step is known */
  #pending = new Map();

  /** @param {EventFrame} frame @param {number} place @param {number} at @param {World} world as it is then */
  add(frame, place, at, world) {
    /** @type {Message} */
    const message = {
      id: place,
      at,
      from: senderOf(frame, world),
      to: laneOf(frame.sessionId, world),
      type: frame.event.type,
      payload: frame.event,
      isHeartbeat: isHeartbeat(frame.event),
    };
    this.all.push(message);
    this.#pending.set(frame.id, message);
  }

  /** Notes what an event changed. @param {StepFrame} frame @returns {Message | undefined} the event's */
  settle({ eventId, from, to }) {
    const message = eventId === null ? undefined : this.#pending.get(eventId);
    if (!message || eventId === null) return undefined;
    message.change = { from, to };
    this.#pending.delete(eventId);
    return message;
  }

  /** Forgets those whose place is below. @param {number} place */
  dropBefore(place) {
    const kept = this.all.findIndex(({ id }) => id >= place);
    this.all.splice(0, kept < 0 ? this.all.length : kept);
    for (const [id, message] of this.#pending) if (message.id < place) this.#pending.delete(id);
  }
}
