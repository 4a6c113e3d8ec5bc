// @ts-check

import { stateWords } from '../record/state-value.js';
import { changeWords } from './change-words.js';
import { laneWords } from './lane.js';

/** @import { Message } from './lane.js' */

/** `xstate.after.30000.session.away`; the delay may have a name instead of a length. */
const AFTER = /^xstate\.after\.([^.]+)\./;

/** An event's type as one reads it: what an `after` brings says how long that took. @param {string} type */
export function typeWords(type) {
  const [, delay] = type.match(AFTER) ?? [];
  if (delay === undefined) return type;
  return /^\d+$/.test(delay) ? `after ${durationWords(Number(delay))}` : `after ${delay}`;
}

/** All that a row shows, for the ear. @param {Message} message */
export function sentenceOf(message) {
  const { at, from, to, type, change } = message;
  const receiver = from.id === to.id ? 'itself' : laneWords(to);
  return `${timeOfDay(at)} ${laneWords(from)} to ${receiver}: ${typeWords(type)}${outcome(change)}`;
}

/** @param {Message['change']} change */
function outcome(change) {
  if (!change) return '';
  const words = changeWords(change);
  if (!words) return `, stays ${stateWords(change.to)}`;
  if (words.from === '') return `, becomes ${words.to}`;
  return words.to === '' ? `, leaves ${words.from}` : `, ${words.from} to ${words.to}`;
}

/** `12:03:04.120`, by the reader's own clock. @param {number} at milliseconds since the epoch */
export function timeOfDay(at) {
  const time = new Date(at);
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => padded(part, 2));
  return `${parts.join(':')}.${padded(time.getMilliseconds(), 3)}`;
}

/** `24 ms`, `1.5 s`, `2 min 5 s`. @param {number} duration milliseconds */
export function durationWords(duration) {
  if (duration < 1_000) return `${Math.round(duration)} ms`;
  if (duration < 60_000) return `${Number((duration / 1_000).toFixed(2))} s`;
  const seconds = Math.round(duration / 1_000);
  const minutes = `${Math.floor(seconds / 60)} min`;
  return seconds % 60 === 0 ? minutes : `${minutes} ${seconds % 60} s`;
}

/** @param {number} part @param {number} digits */
function padded(part, digits) {
  return String(part).padStart(digits, '0');
}
