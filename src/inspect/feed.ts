/**
 * The inspector's feed: what xstate tells of the living actors, to whoever watches. While nobody does, nothing is
 * attached to any actor. It runs behind the chat: frames are made and written in slices of a millisecond.
 */
import type { EndStatus, Living, LivingActor, Watcher } from '../actors/living.ts';
import { currentSender } from '../actors/sender.ts';
import { Item } from './item.ts';
import { LIFE } from './life.ts';
import { Pump } from './pump.ts';
import { Subject, type Surroundings } from './subject.ts';
import { type Sink, Viewer } from './viewer.ts';
import type { Row, RowsFrame, Subscription } from './wire.ts';

/** Milliseconds. */
const SNAPSHOTS_EVERY_MS = 100;
const ROWS_EVERY_MS = 250;

export interface FeedParts {
  living: Living;
  version: string;
  /** Whether viewers see the text of private messages. */
  isPrivateShown: boolean;
  /** Told of a bug in the looking, which must not become one in what is looked at. */
  failed: (error: unknown) => void;
}

export class Feed implements Watcher, Surroundings {
  readonly isPrivateShown: boolean;
  readonly failed: (error: unknown) => void;
  readonly #living: Living;
  readonly #version: string;
  readonly #viewers = new Set<Viewer>();
  readonly #subjects = new Map<LivingActor, Subject>();
  readonly #changed = new Set<Subject>();
  #ended: RowsFrame['ended'] = [];
  #lastEventId = 0;
  #timers: NodeJS.Timeout[] = [];
  /** Those who lived before somebody watched, as far as they are not yet subjects. */
  #unknown: Iterator<LivingActor> | undefined;
  /** Those who are still to be given the list. */
  readonly #listless = new Set<Viewer>();
  /** Those whose subscription has changed. */
  readonly #undecided = new Set<Viewer>();
  readonly #pump = new Pump(
    this.#viewers,
    (look) => this.#safely(look),
    (deadline) => this.#adopt(deadline) && this.#settle(),
  );

  constructor({ living, version, isPrivateShown, failed }: FeedParts) {
    this.#living = living;
    this.#version = version;
    this.isPrivateShown = isPrivateShown;
    this.failed = failed;
  }

  /**
   * Takes in a viewer: one that speaks our side of the feed gets the list, any other everything.
   * @returns what to tell of it, until `leave`
   */
  admit(sink: Sink, wantsList: boolean): { subscribe(wanted: Subscription): void; leave(): void } {
    if (this.#viewers.size === 0) this.#wake();
    const viewer = new Viewer(sink, wantsList, this.failed);
    this.#viewers.add(viewer);
    if (wantsList) this.#welcome(viewer);
    else this.#reconsider(viewer);
    return {
      subscribe: (wanted) => {
        viewer.subscribe(wanted);
        this.#reconsider(viewer);
      },
      leave: () => this.#leave(viewer),
    };
  }

  began(living: LivingActor): void {
    this.#safely(() => this.#begin(living));
  }

  ended(living: LivingActor, status: EndStatus, error?: unknown): void {
    this.#safely(() => this.#end(living, status, error));
  }

  mintEventId(): string {
    return `${LIFE}/${++this.#lastEventId}`;
  }

  noteChange(subject: Subject): void {
    this.#changed.add(subject);
    this.#pump.schedule();
  }

  /** Whatever it throws would reach the actor that is at work, or, when none is, end the process. */
  #safely(look: () => void): void {
    try {
      look();
    } catch (error) {
      this.failed(error);
    }
  }

  #begin(living: LivingActor): void {
    const subject = new Subject(living, this, currentSender());
    this.#subjects.set(living, subject);
    // At once, so that nothing it does is missed.
    for (const viewer of this.#viewers) if (viewer.wants(subject)) subject.show(viewer);
    this.#pump.schedule();
  }

  #end(living: LivingActor, status: EndStatus, error: unknown): void {
    const subject = this.#subjects.get(living);
    if (!subject) return;
    this.#subjects.delete(living);
    this.#changed.delete(subject);
    this.#ended.push([subject.sessionId, status]);
    subject.end(status, error);
    for (const viewer of this.#viewers) viewer.forget(subject);
    this.#pump.schedule();
  }

  #wake(): void {
    this.#unknown = this.#living[Symbol.iterator]();
    this.#living.watcher = this;
    this.#timers = [
      setInterval(() => this.#safely(() => this.#tellSnapshots()), SNAPSHOTS_EVERY_MS),
      setInterval(() => this.#safely(() => this.#tellRows()), ROWS_EVERY_MS),
    ];
  }

  /**
   * Makes subjects of those who live, in as many slices as it takes: there may be ten thousand.
   * @returns whether all of them are
   */
  #adopt(deadline: number): boolean {
    while (this.#unknown && performance.now() < deadline) {
      const { value, done } = this.#unknown.next();
      if (done) this.#unknown = undefined;
      else if (!this.#subjects.has(value)) {
        const subject = new Subject(value, this);
        subject.look();
        this.#subjects.set(value, subject);
      }
    }
    return this.#unknown === undefined;
  }

  #leave(viewer: Viewer): void {
    this.#viewers.delete(viewer);
    this.#listless.delete(viewer);
    this.#undecided.delete(viewer);
    for (const subject of this.#subjects.values()) subject.hide(viewer);
    if (this.#viewers.size === 0) this.#sleep();
  }

  #sleep(): void {
    this.#living.watcher = undefined;
    this.#unknown = undefined;
    this.#subjects.clear();
    this.#changed.clear();
    this.#ended = [];
    for (const timer of this.#timers) clearInterval(timer);
  }

  #welcome(viewer: Viewer): void {
    const hello = {
      type: '@troupe.hello',
      version: this.#version,
      life: LIFE,
      now: Date.now(),
      isPrivateShown: this.isPrivateShown,
    } as const;
    viewer.push(new Item('needed', () => hello));
    this.#listless.add(viewer);
    this.#pump.schedule();
  }

  /** Soon, and once for however many subscriptions come until then: it looks at every actor. */
  #reconsider(viewer: Viewer): void {
    this.#undecided.add(viewer);
    this.#pump.schedule();
  }

  #settle(): boolean {
    for (const viewer of this.#listless) viewer.list([...this.#subjects.values()]);
    this.#listless.clear();
    const undecided = [...this.#undecided];
    this.#undecided.clear();
    for (const viewer of undecided) for (const subject of this.#subjects.values()) viewer.decide(subject);
    return true;
  }

  #tellSnapshots(): void {
    if (this.#changed.size === 0) return;
    for (const subject of this.#changed) subject.tellSnapshot();
    this.#changed.clear();
    this.#pump.schedule();
  }

  /** Looking at each is cheaper than being told by each: it costs thousands of actors a millisecond. */
  #tellRows(): void {
    const rows: Row[] = [];
    for (const subject of this.#subjects.values()) {
      const change = subject.look();
      if (change !== 'same') rows.push(subject.row);
      if (change === 'renamed') this.#rename(subject);
    }
    const ended = this.#ended;
    this.#ended = [];
    if (rows.length + ended.length === 0) return;
    const item = new Item('needed', () => ({ type: '@troupe.rows', rows, ended }));
    for (const viewer of this.#viewers) viewer.pushRows(item, () => [...this.#subjects.values()]);
    this.#pump.schedule();
  }

  /** A name may be what a viewer has asked for. */
  #rename(subject: Subject): void {
    subject.introduceAgain();
    for (const viewer of this.#viewers) viewer.decide(subject);
  }
}
