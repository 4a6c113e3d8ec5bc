import type { AnyActor, InspectionEvent } from 'xstate';
import type { EndStatus, LivingActor } from '../actors/living.ts';
import type { Sender } from '../actors/sender.ts';
import { attach } from './attach.ts';
import { type AnyEvent, eventView } from './events.ts';
import { actorFrame, eventFrameMaker, snapshotFrame } from './frames.ts';
import { Item } from './item.ts';
import { feedId } from './life.ts';
import { sourceOf } from './source.ts';
import { stateText } from './states.ts';
import { type Step, stepFrame, type Taken } from './steps.ts';
import { viewOf } from './view.ts';
import type { Viewer } from './viewer.ts';
import type { Row, StateValue } from './wire.ts';

/** What a subject needs of the feed that it belongs to. */
export interface Surroundings {
  readonly isPrivateShown: boolean;
  /** Unique in this process. */
  mintEventId(): string;
  /** The subject has changed: its viewers are due a snapshot. */
  noteChange(subject: Subject): void;
  /** Told of a bug in the looking. */
  failed(error: unknown): void;
}

const NOBODY: ReadonlySet<Viewer> = new Set();

/** What it takes to tell of an actor's events. */
interface Watch {
  eventFrame: ReturnType<typeof eventFrameMaker>;
  /** Of those that are not yet dealt with. */
  eventIds: Map<object, string>;
  detach: () => void;
}

/**
 * An actor as the feed knows it. xstate inspects it only while a viewer wants more of it than its row; then every
 * event that it gets becomes an item, and its changes are noted for the next snapshot.
 */
export class Subject {
  readonly living: LivingActor;
  /** As the feed has it. */
  readonly sessionId: string;
  hasEnded = false;
  readonly #surroundings: Surroundings;
  readonly #creator: Sender | undefined;
  #viewers = NOBODY;
  /** While somebody wants more than the row: there may be thousands of whom nobody does. */
  #watch: Watch | undefined;
  /** The event that is being dealt with, and the transitions that it has taken so far. */
  #event: AnyEvent | undefined;
  #taken: Taken[] = [];
  #value: StateValue | null = null;
  #latest: { id: string | null; type: string } = { id: null, type: 'xstate.init' };
  /** As it was last looked at. */
  #title: string;
  #rowValue: unknown;

  /** @param creator who was at work when it began */
  constructor(living: LivingActor, surroundings: Surroundings, creator?: Sender) {
    this.living = living;
    this.sessionId = feedId(living.actor);
    this.#surroundings = surroundings;
    this.#creator = creator;
    this.#title = living.title;
  }

  get actor(): AnyActor {
    return this.living.actor;
  }

  get row(): Row {
    return [this.sessionId, this.living.title, stateText(this.actor.getSnapshot().value ?? '')];
  }

  /**
   * Looks whether the row has changed since it was last looked at; at thousands of actors, four times a second.
   * One that is new has.
   */
  look(): 'same' | 'changed' | 'renamed' {
    const { title } = this.living;
    const { value } = this.actor.getSnapshot();
    const isRenamed = title !== this.#title;
    if (!isRenamed && value === this.#rowValue) return 'same';
    this.#title = title;
    this.#rowValue = value;
    return isRenamed ? 'renamed' : 'changed';
  }

  isSeenBy(viewer: Viewer): boolean {
    return this.#viewers.has(viewer);
  }

  /** Introduces the actor to a viewer, which from then on is told of it. */
  show(viewer: Viewer): void {
    const frame = actorFrame(this.living);
    viewer.push(new Item('needed', () => frame));
    this.#viewers = new Set([...this.#viewers, viewer]);
    if (this.#watch) return;
    this.#value = this.actor.getSnapshot().value ?? null;
    this.#watch = {
      eventFrame: eventFrameMaker(this.sessionId),
      eventIds: new Map(),
      detach: attach(this.actor, (inspected) => this.#note(inspected)),
    };
  }

  hide(viewer: Viewer): void {
    if (!this.#viewers.has(viewer)) return;
    this.#viewers = new Set([...this.#viewers].filter((each) => each !== viewer));
    if (this.#viewers.size === 0) this.#release();
  }

  /** Introduces it anew, under its new name. */
  introduceAgain(): void {
    const frame = actorFrame(this.living);
    const item = new Item('needed', () => frame);
    for (const viewer of this.#viewers) viewer.push(item);
  }

  /** Tells those viewers that can take it what the actor is by now; the others are told later. */
  tellSnapshot(): void {
    const item = this.snapshotItem();
    for (const viewer of this.#viewers) viewer.pushSnapshot(this, item);
  }

  /** Of the actor as it is now: if it has ended when the frame is made, that is another frame's news. */
  snapshotItem(): Item {
    const latest = this.#latest;
    const snapshot = this.actor.getSnapshot();
    return new Item('droppable', () => snapshotFrame(this.actor, snapshot, latest));
  }

  /** Tells all viewers that it is no more. */
  end(status: EndStatus, error: unknown): void {
    // xstate tells of an end before it tells of the step that led there.
    if (this.#event) this.#finishStep(this.#event);
    const end = error === undefined ? { status } : { status, error: viewOf(error) };
    const frame = snapshotFrame(this.actor, this.actor.getSnapshot(), this.#latest, end);
    const item = new Item('needed', () => frame);
    for (const viewer of this.#viewers) viewer.push(item);
    this.#viewers = NOBODY;
    this.#release();
    this.hasEnded = true;
  }

  /** Runs within the step of the actor: whatever it throws would reach who sent the event. */
  #note(inspected: InspectionEvent): void {
    if (inspected.actorRef !== this.actor) return;
    try {
      if (inspected.type === '@xstate.event') this.#noteEvent(inspected.event, inspected.sourceRef);
      else if (inspected.type === '@xstate.microstep') this.#noteMicrostep(inspected);
      else if (inspected.type === '@xstate.snapshot') this.#finishStep(inspected.event);
    } catch (error) {
      this.#surroundings.failed(error);
    }
  }

  #noteEvent(event: AnyEvent, sender: { sessionId: string } | undefined): void {
    const id = this.#surroundings.mintEventId();
    const watch = this.#watch as Watch;
    watch.eventIds.set(event, id);
    const at = Date.now();
    const from = sourceOf(event, this.actor, sender, this.#creator);
    const { isPrivateShown } = this.#surroundings;
    const item = new Item('droppable', () =>
      watch.eventFrame({ id, event: eventView(event, isPrivateShown), ...from }, at),
    );
    for (const viewer of this.#viewers) viewer.pushKind('event', item);
  }

  /** One event may take several: those that it raises, and those without an event. */
  #noteMicrostep(inspected: InspectionEvent & { type: '@xstate.microstep' }): void {
    this.#event ??= inspected.event;
    // Not in xstate's types; without it a step would only lack its arrows.
    this.#taken.push(...((inspected as { _transitions?: Taken[] })._transitions ?? []));
  }

  #finishStep(event: AnyEvent): void {
    const { sessionId } = this;
    const eventId = this.#watch?.eventIds.get(event) ?? null;
    this.#watch?.eventIds.delete(event);
    this.#latest = { id: eventId, type: event.type };
    const from = this.#value;
    const to: StateValue = this.actor.getSnapshot().value ?? {};
    this.#value = to;
    const step: Step = {
      sessionId,
      at: Date.now(),
      eventId,
      event: event.type,
      from,
      to,
      taken: this.#taken,
    };
    this.#taken = [];
    this.#event = undefined;
    const item = new Item('droppable', () => stepFrame(step));
    for (const viewer of this.#viewers) viewer.pushKind('step', item);
    this.#surroundings.noteChange(this);
  }

  #release(): void {
    this.#watch?.detach();
    this.#watch = undefined;
    this.#taken = [];
    this.#event = undefined;
  }
}
