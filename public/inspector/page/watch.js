// @ts-check
import { shownEvent, shownValue } from './shown.js';

/** @import { AnyActorRef, AnyTransitionDefinition, InspectionEvent } from 'xstate' */
/** @import { ActorFrame, FeedFrame, SnapshotView, StateValue, TimerView, TransitionView } from '../../../src/inspect/wire.ts' */

/** Milliseconds in which changes make one snapshot, as on the server. */
const GATHERED_FOR = 100;

/** Makes frames of the feed out of what xstate tells of one actor. */
export class Watch {
  #id;
  #name;
  #tell;
  /** @type {AnyActorRef | undefined} */
  #actor;
  #count = 0;
  #toldName = '';
  /** @type {WeakMap<object, string>} ids of events by the event */
  #ids = new WeakMap();
  /** @type {StateValue | null} */
  #value = null;
  /** @type {AnyTransitionDefinition[]} */
  #taken = [];
  /** @type {number | undefined} */
  #timer;
  /** @type {{ id: string | null, type: string }} the last event */
  #last = { id: null, type: 'xstate.init' };

  /** @param {string} id @param {() => string} name @param {(frame: FeedFrame) => void} tell */
  constructor(id, name, tell) {
    this.#id = id;
    this.#name = name;
    this.#tell = tell;
  }

  /** @param {AnyActorRef} actor */
  look(actor) {
    this.#actor = actor;
    this.#value = actor.getSnapshot().value;
  }

  /** Says who it is and what it is now. */
  introduce() {
    if (!this.#actor) return;
    this.#toldName = this.#name();
    this.#tell({
      ...this.#base('@xstate.actor'),
      name: this.#toldName,
      id: null,
      definition: definitionOf(this.#actor),
      snapshot: this.#snapshot('active'),
      timers: timersOf(this.#actor),
    });
  }

  takeLeave() {
    this.#tellSnapshot('stopped');
  }

  /** Runs within the machine's step, which must not feel it. @param {InspectionEvent} inspected */
  note(inspected) {
    if (inspected.actorRef !== this.#actor) return;
    try {
      if (inspected.type === '@xstate.event') this.#noteEvent(inspected.event, inspected.sourceRef);
      else if (inspected.type === '@xstate.microstep') this.#taken.push(...(inspected._transitions ?? []));
      else if (inspected.type === '@xstate.snapshot') this.#finishStep(inspected.event);
    } catch (error) {
      console.error(error);
    }
  }

  /** @param {{ type: string }} event @param {unknown} source the actor that sent it, if one did */
  #noteEvent(event, source) {
    if (this.#toldName !== this.#name()) this.introduce();
    const id = `${this.#id}/${++this.#count}`;
    this.#ids.set(event, id);
    const isOwn = source === this.#actor;
    this.#tell({
      ...this.#base('@xstate.event'),
      id,
      event: shownEvent(event),
      ...(isOwn ? { sourceId: this.#id } : {}),
    });
  }

  /** @param {{ type: string }} event */
  #finishStep(event) {
    const eventId = this.#ids.get(event) ?? null;
    const from = this.#value;
    const to = /** @type {StateValue} */ (this.#actor?.getSnapshot().value);
    this.#value = to;
    this.#last = { id: eventId, type: event.type };
    this.#tell({
      type: '@troupe.step',
      sessionId: this.#id,
      createdAt: String(Date.now()),
      eventId,
      event: event.type,
      from,
      to,
      transitions: this.#taken.map(transitionView),
    });
    this.#taken = [];
    this.#timer ??= setTimeout(() => this.#tellSnapshot('active'), GATHERED_FOR);
  }

  /** @param {SnapshotView['status']} status */
  #tellSnapshot(status) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#actor) return;
    const { id, type } = this.#last;
    this.#tell({
      ...this.#base('@xstate.snapshot'),
      id,
      event: { type },
      snapshot: this.#snapshot(status),
      timers: status === 'active' ? timersOf(this.#actor) : [],
    });
  }

  /** @param {SnapshotView['status']} status @returns {SnapshotView} */
  #snapshot(status) {
    const { value, context } = this.#actor?.getSnapshot() ?? {};
    return { status, value, context: shownValue(context) };
  }

  /** @template {'@xstate.actor' | '@xstate.event' | '@xstate.snapshot'} T @param {T} type */
  #base(type) {
    return /** @type {const} */ ({
      type,
      _version: '0.7.2',
      createdAt: String(Date.now()),
      rootId: 'troupe',
      sessionId: this.#id,
    });
  }
}

/** @param {AnyActorRef} actor */
function definitionOf(actor) {
  const { config } = /** @type {{ logic: { config: object } }} */ (/** @type {unknown} */ (actor)).logic;
  return JSON.stringify(config, (_key, value) =>
    typeof value === 'function' ? { type: value.name } : value,
  );
}

/** @param {AnyActorRef} actor @returns {TimerView[]} */
function timersOf(actor) {
  const now = Date.now();
  return Object.values(actor.system.getSnapshot()._scheduledEvents)
    .filter(({ target }) => target === actor)
    .map(({ event, delay, startedAt }) => ({
      event: event.type,
      delay,
      elapsed: Math.max(0, now - startedAt),
    }));
}

/** @param {AnyTransitionDefinition} taken @returns {TransitionView} */
function transitionView(taken) {
  const { source, target, eventType } = taken;
  const siblings = eventType === '' ? source.always : source.transitions.get(eventType);
  return {
    source: source.id,
    target: (target ?? []).map(({ id }) => id),
    event: eventType,
    index: Math.max(0, siblings?.indexOf(taken) ?? 0),
  };
}
