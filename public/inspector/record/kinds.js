// @ts-check

/** @typedef {'room' | 'session' | 'stats' | 'page' | 'other'} Kind of an actor */

/** @type {readonly { kind: Kind, many: string, one: string }[]} in the order in which the list has them */
export const kinds = [
  { kind: 'stats', many: 'Statistics', one: 'Statistics' },
  { kind: 'room', many: 'Rooms', one: 'Room' },
  { kind: 'page', many: 'Pages', one: 'Page' },
  { kind: 'session', many: 'Sessions', one: 'Session' },
  { kind: 'other', many: 'Others', one: 'Actor' },
];

/** @param {string} name of an actor: `room:general`, `stats` @returns {Kind} */
export function kindOf(name) {
  const [prefix = ''] = name.split(':', 1);
  return prefix === 'room' || prefix === 'session' || prefix === 'stats' || prefix === 'page'
    ? prefix
    : 'other';
}

/** What a name says besides the kind: `general`. @param {string} name */
export function titleOf(name) {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** How a page's machine is called in its frames. @param {string} tag */
export function pageActorId(tag) {
  return `page:${tag}/connection`;
}

const LINE_CHECKS = new Set(['line.probe', 'line.heard', 'line.doubted']);
const PINGS = new Set(['ping', 'pong']);
/** The delay by whose name the statistics report again and again. */
const REPORT_TIMER = 'xstate.after.statsInterval.';

/** Whether an event comes all the time and says nothing but "still here". @param {{ type: string }} event */
export function isHeartbeat(event) {
  const { type } = event;
  if (LINE_CHECKS.has(type) || PINGS.has(type) || type.startsWith(REPORT_TIMER)) return true;
  if (type !== 'frame.send' || !('frame' in event)) return false;
  const frame = /** @type {{ type?: unknown } | null} */ (event.frame);
  return PINGS.has(String(frame?.type));
}
