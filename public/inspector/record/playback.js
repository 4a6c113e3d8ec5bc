// @ts-check
import { Recording } from './recording.js';

/** @import { ActorState, Seen } from './actor.js' */
/** @import { Stop } from './recording.js' */

/** A snapshot tells at most so long after a step what came of it; milliseconds. The server gathers for 100. */
const SETTLED_WITHIN = 1_000;

/** Where in a recording one looks: at its live edge, or at a place that stands still. */
export class Playback {
  /** Whose steps are counted: everybody's, or only those of the actor with this id. @type {string | undefined} */
  only;
  #recording;
  /** @type {number | undefined} undefined at the live edge */
  #place;

  /** @param {Recording} recording */
  constructor(recording) {
    this.#recording = recording;
  }

  get recording() {
    return this.#recording;
  }

  get isLive() {
    return this.#place === undefined;
  }

  get place() {
    const { start, end } = this.#recording;
    return this.#place === undefined ? end : Math.min(Math.max(this.#place, start), end);
  }

  /** When that was, in milliseconds since the epoch; undefined at the live edge or when nothing is recorded. */
  get at() {
    if (this.isLive) return undefined;
    return (this.#recording.entryAt(this.place) ?? this.#recording.entries[0])?.at;
  }

  /** @returns {readonly Stop[]} the steps that are counted */
  get stops() {
    const { only } = this;
    const { stops } = this.#recording;
    return only === undefined ? stops : stops.filter(({ id }) => id === only);
  }

  /** How many of the steps lie up to here. */
  get passed() {
    return passedIn(this.stops, this.place);
  }

  pause() {
    this.goTo(this.#place ?? this.#recording.end);
  }

  resume() {
    this.#place = undefined;
    this.#recording.isHeld = false;
  }

  /** @param {number} place */
  goTo(place) {
    this.#place = place;
    this.#recording.isHeld = true;
  }

  /** To the moment after so many steps. @param {number} count */
  goToStep(count) {
    const { stops } = this;
    const stop = stops[Math.min(count, stops.length) - 1];
    this.goTo(stop ? stop.place : this.#recording.start);
  }

  /** @param {-1 | 1} direction */
  step(direction) {
    const { stops, place } = this;
    const passed = passedIn(stops, place);
    if (direction === 1 && passed >= stops.length) this.pause();
    else this.goToStep(Math.max(0, passed + direction));
  }

  /**
   * What the actor holds here. Its snapshot comes a moment after its step: the one that tells what came of the step
   * which is looked at counts already.
   * @param {ActorState} actor as it is at the place
   * @returns {Pick<ActorState, 'seen' | 'before'>}
   */
  seenOf(actor) {
    if (this.isLive || !actor.step || this.#hasSeenStep(actor)) return actor;
    const next = this.#snapshotAfter(actor.id, actor.step.at);
    if (next) return { seen: next, before: actor.seen };
    return actor;
  }

  /** Whether the last snapshot of the actor came after its last step. @param {ActorState} actor */
  #hasSeenStep({ id, step }) {
    const since = Math.max(step?.place ?? 0, this.#recording.start);
    for (let place = this.place; place > since; place -= 1) {
      const frame = this.#recording.entryAt(place)?.frame;
      if (frame?.type === '@xstate.snapshot' && frame.sessionId === id) return true;
    }
    return false;
  }

  /** @param {string} id @param {number} since @returns {Seen | undefined} */
  #snapshotAfter(id, since) {
    for (let place = this.place + 1; place <= this.#recording.end; place += 1) {
      const entry = this.#recording.entryAt(place);
      if (!entry || entry.at > since + SETTLED_WITHIN) return undefined;
      const { frame, at } = entry;
      if (!('sessionId' in frame) || frame.sessionId !== id) continue;
      if (frame.type === '@troupe.step') return undefined;
      if (frame.type !== '@xstate.snapshot') continue;
      const { snapshot, timers = [] } = frame;
      return { at, context: snapshot.context, error: snapshot.error, timers };
    }
    return undefined;
  }
}

/** @param {readonly Stop[]} stops @param {number} place */
function passedIn(stops, place) {
  const next = stops.findIndex((stop) => stop.place > place);
  return next < 0 ? stops.length : next;
}
