import { expect } from 'vitest';
import { EVENTS_GATHER_MS } from '../../src/protocol/limits.ts';
import type { ChatClient } from '../support/client.ts';
import { SteppedClock } from '../support/clock.ts';
import type { EventStream, ReceivedEvent } from '../support/events.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** A server with somebody who makes things happen, a witness who is never cut off, and the stream looked at. */
export class SubscriptionWorld {
  readonly clock = new SteppedClock();
  server!: TestServer;
  stream!: EventStream;
  /** What the stream must have brought so far, by the witness. */
  due: ReceivedEvent[] = [];
  #witness!: EventStream;
  #ann!: ChatClient;
  #lastSeen = '';
  #rooms = 0;

  static async create(): Promise<SubscriptionWorld> {
    const world = new SubscriptionWorld();
    await world.begin();
    await world.subscribe({});
    return world;
  }

  /** Whoever begins without a past sees one event, so that there is a last one that they have seen. */
  async subscribe(query: { lastEventId?: string | undefined }): Promise<void> {
    this.stream = await this.server.subscribe(query);
    this.due = query.lastEventId === undefined ? await this.happen(1) : [];
  }

  /** The server's first life, or another one. */
  async begin(): Promise<void> {
    this.server = await startServer({}, { clock: this.clock });
    this.#witness = await this.server.subscribe();
    this.#ann = await this.server.user('Ann');
    await this.#gathered();
  }

  /** All that is kept of what has happened in this life, the oldest first. */
  get kept(): ReceivedEvent[] {
    return keptOf(this.#witness).slice(-50);
  }

  /** What the stream has brought of what is kept. */
  get brought(): ReceivedEvent[] {
    return keptOf(this.stream);
  }

  /** The id of the last event that the user has seen, on whichever stream. */
  get lastSeen(): string {
    this.#lastSeen = this.brought.at(-1)?.id ?? this.#lastSeen;
    return this.#lastSeen;
  }

  /** @param count of events that are kept; every room brings two, one on being created and one on its deletion */
  async happen(count: number): Promise<ReceivedEvent[]> {
    const before = keptOf(this.#witness).length;
    for (let i = 0; i < count; i += 2) {
      const room = `room-${++this.#rooms}`;
      await this.#ann.join(room);
      if (i + 1 < count) await this.#ann.leave(room);
    }
    await this.#gathered();
    await expect
      .poll(() => keptOf(this.#witness).length, { interval: 2, timeout: 10_000 })
      .toBe(before + count);
    return keptOf(this.#witness).slice(before);
  }

  /** Makes something happen, and does not wait until it has been told. */
  async beginToHappen(): Promise<void> {
    await this.#ann.join(`room-${++this.#rooms}`);
  }

  /** Under a storm events are gathered for a while: twice that, and all have left. */
  async #gathered(): Promise<void> {
    for (let i = 0; i < 2; i++) {
      await this.#ann.settle();
      this.clock.increment(EVENTS_GATHER_MS);
    }
  }
}

function keptOf({ events }: EventStream): ReceivedEvent[] {
  return events.filter(({ id }) => id !== undefined);
}
