import type { Recovered } from '../../journal/journal.ts';
import type { Stats } from '../../protocol/entities.ts';
import { EVENTS_KEPT, ROOM_UPDATED_EVERY_MS } from '../../protocol/limits.ts';
import { formatEvent, type KeptEvent, type ServerEvent } from '../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import type { Subscriber } from './events.ts';

export type Counts = Pick<
  Stats,
  'users_online' | 'users_away' | 'rooms_count' | 'messages_total' | 'private_messages_total'
>;

interface StatsParts {
  clock: Clock;
  counts: Counts;
  events: Recovered['events'];
  noteTold: (of: number, event: KeptEvent) => void;
}

/** What the statistics know: it outlives a crash of their actor, and is changed in place by it alone. */
export class StatsRecord {
  readonly counts: Counts;
  readonly subscribers = new Set<Subscriber>();
  readonly #clock: Clock;
  readonly #noteTold: StatsParts['noteTold'];
  readonly #kept: { id: number; event: KeptEvent }[];
  readonly #resized = new Map<string, { toldAt: number; users: number; isDue: boolean }>();
  #gathered = '';
  #lastId: number;

  /** @param parts what an earlier life of the server left, and where it is noted how an event was told */
  constructor({ clock, counts, events, noteTold }: StatsParts) {
    this.#clock = clock;
    this.#noteTold = noteTold;
    this.counts = { ...counts };
    this.#kept = [...events];
    // Ids of an earlier life of the server must not come again.
    this.#lastId = this.#kept.at(-1)?.id ?? Math.floor(clock.now() * 1000);
  }

  get hasGathered(): boolean {
    return this.#gathered !== '';
  }

  /**
   * Keeps an event under the id of the record that brought it about, and gathers it for the subscribers.
   * @param of undefined when that could not be stored: then it gets an id of its own
   */
  publish(event: KeptEvent, of: number | undefined): void {
    const id = Math.max(of ?? 0, this.#lastId + 1);
    this.#lastId = id;
    if (id === of) this.#noteTold(of, event);
    this.#kept.push({ id, event });
    if (this.#kept.length > EVENTS_KEPT) this.#kept.shift();
    this.#gather(event, id);
  }

  /** Gathers an event that is only true at the moment. */
  mention(event: Extract<ServerEvent, { type: 'stats' | 'room_updated' }>): void {
    this.#gather(event);
  }

  /** Gives what was gathered to all subscribers: one text for all. */
  flush(): void {
    const text = this.#gathered;
    this.#gathered = '';
    if (text !== '') for (const subscriber of this.subscribers) subscriber.send(text);
  }

  /** What came after an event; everything that is kept when that one is not known. */
  missedSince(lastEventId: string): string {
    const at = this.#kept.findIndex(({ id }) => String(id) === lastEventId.trim());
    return this.#kept
      .slice(at + 1)
      .map(({ id, event }) => formatEvent(event, id))
      .join('');
  }

  /**
   * Notes the size of a room.
   * @returns milliseconds after which it may be told; undefined when that is arranged already
   */
  noteSize(room: string, users: number): number | undefined {
    const known = this.#resized.get(room) ?? { toldAt: Number.NEGATIVE_INFINITY, users, isDue: false };
    this.#resized.set(room, known);
    known.users = users;
    if (known.isDue) return undefined;
    known.isDue = true;
    return Math.max(0, known.toldAt + ROOM_UPDATED_EVERY_MS - this.#clock.now());
  }

  /** Tells the size of a room as it is now, if it still exists. */
  tellSize(room: string): void {
    const known = this.#resized.get(room);
    if (!known?.isDue) return;
    known.isDue = false;
    known.toldAt = this.#clock.now();
    this.mention({ type: 'room_updated', data: { room, users: known.users } });
  }

  /** Tells all that is yet to be told. */
  tellSizes(): void {
    for (const room of this.#resized.keys()) this.tellSize(room);
  }

  forgetSize(room: string): void {
    this.#resized.delete(room);
  }

  forgetSizes(): void {
    this.#resized.clear();
  }

  #gather(event: ServerEvent, id?: number): void {
    if (this.subscribers.size > 0) this.#gathered += formatEvent(event, id);
  }

  toJSON(): object {
    return { ...this.counts, subscribers: this.subscribers.size, events_kept: this.#kept.length };
  }
}
