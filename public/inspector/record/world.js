// @ts-check
import { actorOfRow, strangerCalled, withRow, withSnapshot, withStep } from './actor.js';
import { kindOf } from './kinds.js';

/** @import { ActorFrame, FeedFrame, Row, SnapshotFrame, SnapshotView } from '../../../src/inspect/wire.ts' */
/** @import { ActorState } from './actor.js' */

/** So many that have ended are kept; whoever looks at one goes on seeing how it ended. */
const ENDED_KEPT = 200;

/** Which actors there are at one moment of a recording, and what is known of each. */
export class World {
  /** @type {Map<string, ActorState>} those that live */
  actors = new Map();
  /** @type {Map<string, ActorState>} those that have ended of late, the oldest first */
  ended = new Map();
  /** Rises whenever one comes, goes or changes its name. */
  roll = 0;
  /** @type {Set<string>} those that were listed before and not yet again, while a list is coming in */
  #unheard = new Set();
  /** The server's, whose actors these are; another one when it was started again. */
  #life = '';

  /** @param {string} id @returns {ActorState | undefined} */
  find(id) {
    return this.actors.get(id) ?? this.ended.get(id);
  }

  copy() {
    const copy = new World();
    copy.actors = new Map(this.actors);
    copy.ended = new Map(this.ended);
    copy.roll = this.roll;
    copy.#unheard = new Set(this.#unheard);
    copy.#life = this.#life;
    return copy;
  }

  /**
   * Becomes what a frame says.
   * @param {FeedFrame} frame
   * @param {number} place of the frame
   * @param {number} at in milliseconds since the epoch
   */
  apply(frame, place, at) {
    switch (frame.type) {
      case '@troupe.hello':
        this.#begin(frame.life, at);
        break;
      case '@troupe.list':
        if (frame.isFirst)
          this.#unheard = new Set([...this.actors.values()].filter(isOfServer).map(({ id }) => id));
        for (const row of frame.rows) this.#list(row);
        if (frame.rest <= 0) this.#endList(at);
        break;
      case '@troupe.rows':
        for (const row of frame.rows) this.#list(row);
        for (const [id, status] of frame.ended) this.#end(id, status, at);
        break;
      case '@xstate.actor':
        this.#introduce(frame, at);
        break;
      case '@xstate.snapshot':
        this.#show(frame, at);
        break;
      case '@troupe.step': {
        const actor = this.find(frame.sessionId) ?? strangerCalled(frame.sessionId);
        this.#put(withStep(actor, frame, place, at));
        break;
      }
    }
  }

  /** Takes in one of a recording that was kept. @param {ActorState} actor */
  admit(actor) {
    if (actor.endedAt === 0) this.actors.set(actor.id, actor);
    else this.ended.set(actor.id, actor);
  }

  /** Those of an earlier life of the server are gone with it. @param {string} life @param {number} at */
  #begin(life, at) {
    if (this.#life !== '' && this.#life !== life) {
      for (const actor of [...this.actors.values()])
        if (isOfServer(actor)) this.#end(actor.id, 'stopped', at);
    }
    this.#life = life;
  }

  /** @param {Row} row */
  #list(row) {
    const [id, name] = row;
    const known = this.actors.get(id);
    this.#unheard.delete(id);
    this.ended.delete(id);
    if (known?.name !== name) this.roll += 1;
    this.actors.set(id, known ? withRow(known, row) : actorOfRow(row));
  }

  /** @param {number} at */
  #endList(at) {
    for (const id of this.#unheard) this.#end(id, 'stopped', at);
    this.#unheard.clear();
  }

  /** @param {ActorFrame} frame @param {number} at */
  #introduce({ sessionId, name, definition, snapshot, timers = [] }, at) {
    const known = this.find(sessionId) ?? strangerCalled(sessionId);
    const actor = withSnapshot({ ...known, name, kind: kindOf(name), definition }, snapshot, timers, at);
    // That it is introduced again, with another name, is no change of what it holds.
    this.ended.delete(sessionId);
    this.#put({ ...actor, before: known.before, endedAt: 0 });
    this.#unheard.delete(sessionId);
    if (snapshot.status !== 'active') this.#end(sessionId, snapshot.status, at);
  }

  /** @param {SnapshotFrame} frame @param {number} at */
  #show({ sessionId, snapshot, timers = [] }, at) {
    const actor = this.find(sessionId) ?? strangerCalled(sessionId);
    this.#put(withSnapshot(actor, snapshot, timers, at));
    if (snapshot.status !== 'active') this.#end(sessionId, snapshot.status, at);
  }

  /** @param {ActorState} actor */
  #put(actor) {
    if (this.ended.has(actor.id)) {
      this.ended.set(actor.id, actor);
      return;
    }
    if (this.actors.get(actor.id)?.name !== actor.name) this.roll += 1;
    this.actors.set(actor.id, actor);
  }

  /** @param {string} id @param {SnapshotView['status']} status @param {number} at */
  #end(id, status, at) {
    const actor = this.actors.get(id);
    if (!actor) return;
    this.roll += 1;
    this.actors.delete(id);
    this.ended.set(id, { ...actor, status, endedAt: at });
    if (this.ended.size <= ENDED_KEPT) return;
    const [oldest = ''] = this.ended.keys();
    this.ended.delete(oldest);
  }
}

/** @param {ActorState} actor */
function isOfServer({ kind }) {
  return kind !== 'page';
}
