// @ts-check
/** @import { ServerEvent, ServerEventType } from '../../src/protocol/server-events.ts' */
/** @import { State } from '../state.js' */
/** @import { Slice } from '../store.js' */

/**
 * @template {ServerEventType} T
 * @typedef {(state: State, data: Extract<ServerEvent, { type: T }>['data']) => Slice[]} Effect
 *   applies an event and names what it changed
 */

/**
 * What each event of the server changes; `tsc` names the one that was forgotten.
 * @type {{ [T in ServerEventType]: Effect<T> }}
 */
const effects = {
  user_connected: (state, { count }) => {
    state.usersOnline = count;
    return ['stats'];
  },
  user_disconnected: (state, { count }) => {
    state.usersOnline = count;
    return ['stats'];
  },
  room_created: (state, { room }) => {
    // Whoever creates a room is in it; the true count follows.
    if (!state.directory.has(room)) state.directory.set(room, 1);
    return ['directory'];
  },
  room_deleted: (state, { room }) => {
    state.directory.delete(room);
    return ['directory'];
  },
  room_updated: (state, { room, users }) => {
    state.setCount(room, users);
    return ['directory', 'people'];
  },
  stats: (state, stats) => {
    state.stats = stats;
    state.usersOnline = stats.users_online;
    return ['stats'];
  },
};

export const eventTypes = /** @type {ServerEventType[]} */ (Object.keys(effects));

/**
 * @param {State} state
 * @param {ServerEvent} event
 * @returns {Slice[]} what changed
 */
export function applyEvent(state, { type, data }) {
  return /** @type {Effect<any>} */ (effects[type])(state, data);
}
