import type { EncodedFrame } from '../protocol/encode.ts';
import { Item } from './item.ts';
import type { Subject } from './subject.ts';
import type { Row, Subscription } from './wire.ts';

/** The way to one viewer; the transport implements it. */
export interface Sink {
  write(frame: EncodedFrame): void;
  /** Whether the viewer has not yet taken what it was written. */
  readonly isCongested: boolean;
  /** It is too slow for its own good. */
  drop(): void;
}

/** Frames waiting for a viewer that can be left out, above which half of them are. */
const DROPPABLE_MAX = 10_000;
/**
 * Of all frames. There are so many only if a viewer has read nothing while thousands of actors came and went, and each
 * holds what one of these was at its end.
 */
const WAITING_MAX = 20_000;
/** Milliseconds after which a viewer that has read nothing is given up. */
const PATIENCE_MS = 30_000;
/** Rows in one piece of the list. */
const PIECE = 100;

/** Whoever watches: what they want, and what is on its way to them. */
export class Viewer {
  readonly wantsList: boolean;
  readonly #sink: Sink;
  readonly #failed: (error: unknown) => void;
  /** Those that it wants and has not been shown yet. */
  readonly #arrivals = new Set<Subject>();
  /** Those of which it is due a snapshot, since it could not take the last. */
  readonly #stale = new Set<Subject>();
  #queue: Item[] = [];
  #droppable = 0;
  #listing: Subject[] | undefined;
  #listed = 0;
  #congestedSince: number | undefined;
  #wants: (subject: Subject) => boolean;
  #kinds: ReadonlySet<string> = new Set(['event', 'snapshot', 'step']);

  /**
   * @param wantsList whether it speaks our side of the feed: a list first, and only what it asks for
   * @param failed told of a frame that could not be made
   */
  constructor(sink: Sink, wantsList: boolean, failed: (error: unknown) => void) {
    this.#sink = sink;
    this.wantsList = wantsList;
    this.#failed = failed;
    this.#wants = () => !wantsList;
    // The official format has no steps.
    if (!wantsList) this.#kinds = new Set(['event', 'snapshot']);
  }

  get isIdle(): boolean {
    return this.#queue.length + this.#arrivals.size + this.#stale.size === 0 && !this.#listing;
  }

  get isCongested(): boolean {
    return this.#sink.isCongested;
  }

  wants(subject: Subject): boolean {
    return this.#wants(subject);
  }

  subscribe({ actors, kinds }: Subscription): void {
    const names = new Set(actors);
    this.#kinds = new Set(kinds);
    this.#wants = ({ sessionId, living: { title } }) =>
      names.has('*') || names.has(sessionId) || names.has(title) || names.has(`${title.split(':')[0]}:*`);
  }

  /** Has an actor shown that it wants by now, or one hidden that it does not. */
  decide(subject: Subject): void {
    if (!this.#wants(subject)) {
      this.forget(subject);
      subject.hide(this);
    } else if (!subject.isSeenBy(this)) this.#arrivals.add(subject);
  }

  push(item: Item): void {
    this.#queue.push(item);
    if (this.#queue.length > WAITING_MAX) this.#sink.drop();
    else if (item.weight === 'droppable' && ++this.#droppable > DROPPABLE_MAX) this.#lose();
  }

  pushKind(kind: 'event' | 'step', item: Item): void {
    if (this.#kinds.has(kind)) this.push(item);
  }

  /** A snapshot is worth something only while it is new. */
  pushSnapshot(subject: Subject, item: Item): void {
    if (!this.#kinds.has('snapshot')) return;
    if (this.#sink.isCongested) this.#stale.add(subject);
    else this.push(item);
  }

  /** The changes of the list; one that was too slow for them gets a new list. */
  pushRows(item: Item, all: () => Subject[]): void {
    if (!this.wantsList) return;
    if (this.#sink.isCongested) this.list(all());
    else this.push(item);
  }

  list(subjects: Subject[]): void {
    this.#listing = subjects;
    this.#listed = 0;
  }

  forget(subject: Subject): void {
    this.#arrivals.delete(subject);
    this.#stale.delete(subject);
  }

  /**
   * Writes what waits, until all is written, the time is up or the viewer can take no more.
   * @param deadline of `performance.now()`
   */
  pump(deadline: number): void {
    while (!this.#isStalled() && performance.now() < deadline) {
      if (this.#queue.length > 0) this.#writeSome();
      else if (this.#listing) this.#writePiece(this.#listing);
      else if (!this.#showNext() && !this.#freshenNext()) return;
    }
  }

  #isStalled(): boolean {
    if (!this.#sink.isCongested) {
      this.#congestedSince = undefined;
      return false;
    }
    this.#congestedSince ??= performance.now();
    if (performance.now() - this.#congestedSince > PATIENCE_MS) this.#sink.drop();
    return true;
  }

  #writeSome(): void {
    const some = this.#queue.splice(0, WRITTEN_AT_ONCE);
    for (const item of some) {
      if (item.weight === 'droppable') this.#droppable -= 1;
      this.#write(item);
    }
  }

  #write(item: Item): void {
    const encoded = item.encoded(this.#failed);
    if (encoded) this.#sink.write(encoded);
  }

  #writePiece(subjects: Subject[]): void {
    const rows: Row[] = [];
    const isFirst = this.#listed === 0;
    while (rows.length < PIECE && this.#listed < subjects.length) {
      const subject = subjects[this.#listed++];
      if (subject && !subject.hasEnded) rows.push(subject.row);
    }
    const rest = subjects.length - this.#listed;
    if (rest === 0) this.#listing = undefined;
    this.#write(new Item('needed', () => ({ type: '@troupe.list', isFirst, rows, rest })));
  }

  #showNext(): boolean {
    for (const subject of this.#arrivals) {
      this.#arrivals.delete(subject);
      subject.show(this);
      return true;
    }
    return false;
  }

  #freshenNext(): boolean {
    for (const subject of this.#stale) {
      this.#stale.delete(subject);
      this.push(subject.snapshotItem());
      return true;
    }
    return false;
  }

  /** Leaves out the older half of what can be left out; what is newest is what a viewer wants to see. */
  #lose(): void {
    const kept: Item[] = [];
    let count = 0;
    for (const item of this.#queue) {
      if (item.weight === 'droppable' && count < DROPPABLE_MAX / 2) count += 1;
      else kept.push(item);
    }
    this.#droppable -= count;
    this.#queue = [new Item('needed', () => ({ type: '@troupe.lost', count })), ...kept];
  }
}

const WRITTEN_AT_ONCE = 50;
