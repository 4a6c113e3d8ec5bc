// @ts-check
/** @import { FeedFrame } from '../../../src/inspect/wire.ts' */

/**
 * Whether something that came from a file or from another page is a frame that can be recorded: all that the page
 * reads of it is there, and of the kind that it must be.
 * @param {unknown} frame
 * @returns {frame is FeedFrame}
 */
export function isFrame(frame) {
  if (!isRecord(frame) || typeof frame.type !== 'string') return false;
  const check = Object.hasOwn(checks, frame.type) ? checks[frame.type] : undefined;
  return check?.(frame) ?? false;
}

/** @type {Record<string, (frame: Record<string, unknown>) => boolean>} by type of frame */
const checks = {
  '@xstate.actor': ({ sessionId, name, definition, snapshot, timers }) =>
    areTexts(sessionId, name, definition) && isSnapshot(snapshot) && areTimers(timers),
  '@xstate.snapshot': ({ sessionId, snapshot, timers }) =>
    areTexts(sessionId) && isSnapshot(snapshot) && areTimers(timers),
  '@xstate.event': ({ sessionId, id, event, sourceId, origin }) =>
    areTexts(sessionId, id) &&
    isRecord(event) &&
    areTexts(event.type) &&
    areTexts(sourceId ?? '', origin ?? ''),
  '@troupe.step': ({ sessionId, eventId, event, from, to, transitions }) =>
    areTexts(sessionId, event) &&
    (eventId === null || areTexts(eventId)) &&
    (from === null || isState(from)) &&
    isState(to) &&
    Array.isArray(transitions) &&
    transitions.every(isTransition),
  '@troupe.list': ({ isFirst, rows, rest }) =>
    typeof isFirst === 'boolean' && areRows(rows) && Number.isFinite(rest),
  '@troupe.rows': ({ rows, ended }) => areRows(rows) && areRows(ended, 2),
  '@troupe.hello': ({ version, life, now }) => areTexts(version, life) && Number.isFinite(now),
  '@troupe.lost': ({ count }) => Number.isFinite(count),
};

/** @param {unknown} snapshot */
function isSnapshot(snapshot) {
  return isRecord(snapshot) && areTexts(snapshot.status) && isState(snapshot.value);
}

/** @param {unknown} value @returns {boolean} */
export function isState(value) {
  return typeof value === 'string' || (isRecord(value) && Object.values(value).every(isState));
}

/** @param {unknown} timers */
export function areTimers(timers) {
  if (timers === undefined) return true;
  return (
    Array.isArray(timers) &&
    timers.every(
      (timer) =>
        isRecord(timer) &&
        areTexts(timer.event) &&
        Number.isFinite(timer.delay) &&
        Number.isFinite(timer.elapsed),
    )
  );
}

/** @param {unknown} transition */
export function isTransition(transition) {
  return (
    isRecord(transition) &&
    areTexts(transition.source, transition.event) &&
    Array.isArray(transition.target) &&
    areTexts(...transition.target) &&
    Number.isFinite(transition.index)
  );
}

/** @param {unknown} rows @param {number} [length] */
function areRows(rows, length = 3) {
  return (
    Array.isArray(rows) &&
    rows.every((row) => Array.isArray(row) && row.length === length && areTexts(...row))
  );
}

/** @param {unknown[]} values */
function areTexts(...values) {
  return values.every((value) => typeof value === 'string');
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
