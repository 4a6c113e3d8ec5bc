// @ts-check
import { areTimers, isFrame, isState, isTransition } from './frame-check.js';
import { kindOf } from './kinds.js';
import { Recording } from './recording.js';
import { World } from './world.js';

/** @import { FeedFrame, HelloFrame } from '../../../src/inspect/wire.ts' */
/** @import { ActorState } from './actor.js' */

const FORMAT = 'troupe-recording';
const VERSION = 1;
/** Characters. */
export const FILE_MAX = 128 * 1024 * 1024;

/**
 * A recording as a file holds it. Definitions, which many actors share, stand in a list of their own, and where one
 * belongs stands its number there.
 * @typedef {object} RecordingFile
 * @property {typeof FORMAT} format
 * @property {number} version
 * @property {string} savedAt ISO 8601
 * @property {HelloFrame | null} server
 * @property {string[]} definitions
 * @property {unknown[]} base the actors at its beginning
 * @property {[at: number, frame: unknown][]} frames
 *
 * @typedef {{ ok: true, recording: Recording, savedAt: number } | { ok: false, words: string }} Opened
 */

/** @param {Recording} recording @param {number} now in milliseconds since the epoch @returns {string} JSON */
export function writeRecording(recording, now) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  const numbered = (/** @type {string} */ definition) => {
    const number = numbers.get(definition) ?? numbers.size;
    numbers.set(definition, number);
    return number;
  };
  const { base } = recording;
  const actors = [...base.actors.values(), ...base.ended.values()].map((actor) =>
    actor.definition === undefined ? actor : { ...actor, definition: numbered(actor.definition) },
  );
  const frames = recording.entries.map(({ at, frame }) => [
    at,
    frame.type === '@xstate.actor' ? { ...frame, definition: numbered(frame.definition) } : frame,
  ]);
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    savedAt: new Date(now).toISOString(),
    server: recording.hello ?? null,
    definitions: [...numbers.keys()],
    base: actors,
    frames,
  });
}

/** `troupe-recording-2026-01-31T12-30-00.json` @param {number} now in milliseconds since the epoch */
export function fileNameAt(now) {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  return `${FORMAT}-${time}.json`;
}

/** @param {string} text what a file holds @returns {Opened} or why it cannot be opened, for whoever chose it */
export function readRecording(text) {
  /** @type {unknown} */
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return refused('This file is not a recording: it holds no JSON, or was cut off.');
  }
  if (!isRecord(file) || file.format !== FORMAT) return refused('This file is not a recording of Troupe’s.');
  if (file.version !== VERSION) {
    return refused(
      `This recording is of version ${String(file.version)}; this page reads version ${VERSION}.`,
    );
  }
  try {
    return read(file);
  } catch {
    // Only what is nested beyond all sense throws.
    return refused('This recording is damaged: it is nested too deeply.');
  }
}

/** @param {Record<string, unknown>} file @returns {Opened} */
function read(file) {
  const { definitions, base, frames, savedAt } = file;
  if (!isListOf(definitions, isText) || !Array.isArray(base) || !Array.isArray(frames)) {
    return refused('This recording is damaged: a part of it is missing.');
  }
  const world = worldOf(base, definitions);
  if (!world) return refused('This recording is damaged: an actor at its beginning makes no sense.');
  const recording = new Recording({ base: world });
  if (isHello(file.server)) recording.hello = file.server;
  for (const [index, entry] of frames.entries()) {
    const [at, written] = Array.isArray(entry) ? entry : [];
    const frame = defined(written, definitions);
    if (!Number.isFinite(at) || !isFrame(frame)) {
      return refused(`This recording is damaged: frame ${index + 1} of ${frames.length} makes no sense.`);
    }
    recording.add(frame, { at, size: JSON.stringify(written).length });
  }
  return { ok: true, recording, savedAt: Date.parse(String(savedAt)) || 0 };
}

/** @param {string} words @returns {Opened} */
function refused(words) {
  return { ok: false, words };
}

/** @param {unknown[]} actors @param {string[]} definitions */
function worldOf(actors, definitions) {
  const world = new World();
  for (const written of actors) {
    const actor = defined(written, definitions);
    if (!isActor(actor)) return undefined;
    world.admit({ ...actor, kind: kindOf(actor.name) });
  }
  return world;
}

/** The same with its definition instead of the number of it. @param {unknown} written @param {string[]} definitions */
function defined(written, definitions) {
  if (!isRecord(written) || typeof written.definition !== 'number') return written;
  return { ...written, definition: definitions[written.definition] };
}

/** @param {unknown} actor @returns {actor is ActorState} */
function isActor(actor) {
  return (
    isRecord(actor) &&
    [actor.id, actor.name, actor.state, actor.status].every(isText) &&
    Number.isFinite(actor.endedAt) &&
    (actor.value === undefined || isState(actor.value)) &&
    (actor.step === undefined || isStep(actor.step)) &&
    (actor.definition === undefined || isText(actor.definition)) &&
    [actor.seen, actor.before].every((seen) => seen === undefined || isSeen(seen))
  );
}

/** @param {unknown} seen */
function isSeen(seen) {
  return isRecord(seen) && Number.isFinite(seen.at) && seen.timers !== undefined && areTimers(seen.timers);
}

/** @param {unknown} step */
function isStep(step) {
  return (
    isRecord(step) &&
    isText(step.event) &&
    Number.isFinite(step.at) &&
    isState(step.to) &&
    isListOf(step.transitions, (each) => isTransition(each))
  );
}

/** @param {unknown} hello @returns {hello is HelloFrame} */
function isHello(hello) {
  return isFrame(hello) && hello.type === '@troupe.hello';
}

/** @param {unknown} value @returns {value is string} */
function isText(value) {
  return typeof value === 'string';
}

/**
 * @template T
 * @param {unknown} value
 * @param {((item: unknown) => item is T) | ((item: unknown) => boolean)} isItem
 * @returns {value is T[]}
 */
function isListOf(value, isItem) {
  return Array.isArray(value) && value.every(isItem);
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
