import { expect } from 'vitest';
import type { Entry } from '../../src/protocol/entities.ts';
import type { ChatClient, Query } from '../support/client.ts';
import { SteppedClock } from '../support/clock.ts';
import { startServer, type TestServer } from '../support/server.ts';
import type { Cursor } from './session.model.ts';

/** Frames that a session may send at once, and in a second of the stepped clock. */
export const BURST = 100;

/** A server on which Bea has been all along, and the session that is looked at, with its connections. */
export class SessionWorld {
  readonly clock: SteppedClock;
  readonly server: TestServer;
  readonly bea: ChatClient;
  /** The session's open connections, the oldest first. */
  readonly connections: ChatClient[] = [];
  /** Private messages that came for the user. */
  readonly privates: { id: number; text: string }[] = [];
  /** How many of them came while nobody was there. */
  unread = 0;
  /** The newest connection, open or not: it knows who the user is. */
  latest!: ChatClient;
  /** As it was given or last changed. */
  name = '';
  /** Seconds, as the last refusal named them. */
  retryAfter = 0;
  /** The greatest id that any connection of the user has seen. */
  #cursor = 0;
  /** Who is in the lobby besides Bea, as she was told. */
  readonly #seenByBea = new Set<string>();
  #read = 0;

  private constructor(clock: SteppedClock, server: TestServer, bea: ChatClient) {
    this.clock = clock;
    this.server = server;
    this.bea = bea;
    this.#read = bea.frames.length;
  }

  static async create(): Promise<SessionWorld> {
    const clock = new SteppedClock();
    const limits = { RATE_BURST: BURST, RATE_PER_SECOND: BURST, MAX_SESSIONS: 3, MAX_QUEUE_BYTES: 65_536 };
    const server = await startServer(limits, { clock });
    return new SessionWorld(clock, server, await server.user('Bea'));
  }

  /** Connects, and takes part in what comes from here on. */
  async connect(query: Query): Promise<ChatClient> {
    const client = await this.server.connect(query);
    this.connections.push(client);
    this.latest = client;
    await client.settle();
    return client;
  }

  /** What one who comes back says of what they have, and from which id on they are owed. */
  cursorOf(cursor: Cursor): { query: Query; since: number } {
    const seen = [this.latest, ...this.connections].map((each) => each.cursor);
    this.#cursor = Math.max(this.#cursor, ...seen);
    if (cursor === 'none') return { query: {}, since: 0 };
    if (cursor === 'beyond') return { query: { lastMsgId: Number.MAX_SAFE_INTEGER }, since: 0 };
    return { query: { lastMsgId: this.#cursor }, since: this.#cursor };
  }

  /** All buckets are full again. */
  refill(): void {
    this.clock.increment(1_000);
  }

  /** Bea writes to the user. */
  async write(text: string): Promise<{ id: number }> {
    const ack = await this.bea.ask({ type: 'pm', to: this.name, text });
    const { id } = await this.bea.next('pm_sent', { to: this.name, text });
    expect(ack).toMatchObject({ type: 'ack', id });
    this.privates.push({ id, text });
    if (this.connections.length === 0) this.unread += 1;
    return { id };
  }

  /** Bea has been told of each of her messages that nobody has read, and of no other. */
  async untilGivenBack(): Promise<void> {
    for (; this.unread > 0; this.unread--) await this.bea.next('error', { code: 'pm_undelivered' });
    await this.bea.expectNone('error', { code: 'pm_undelivered' });
  }

  async history(): Promise<Entry[]> {
    return (await this.server.get('/api/room/general/history')).body;
  }

  /** The status under which anybody finds the user. */
  async status(): Promise<'online' | 'away' | 'gone'> {
    const { body } = await this.server.get('/api/room/general/users');
    return body.find(({ name }: { name: string }) => name === this.name)?.status ?? 'gone';
  }

  async untilStatus(status: 'online' | 'away' | 'gone'): Promise<void> {
    await expect.poll(() => this.status(), { interval: 5, timeout: 10_000 }).toBe(status);
  }

  async untilConnections(count: number): Promise<void> {
    const open = async () => (await this.server.get('/api/stats')).body.connections;
    await expect.poll(open, { interval: 5, timeout: 10_000 }).toBe(count);
  }

  /** Who is in the lobby besides Bea, as she was told; that anybody comes or goes twice is an error. */
  async seenByBea(): Promise<string[]> {
    await this.bea.settle();
    const seen = this.#seenByBea;
    for (const frame of this.bea.frames.slice(this.#read)) {
      if (frame.type === 'user_joined') {
        expect(seen, `${frame.user} came twice`).not.toContain(frame.user);
        seen.add(frame.user);
      } else if (frame.type === 'user_left') {
        expect(seen.delete(frame.user), `${frame.user} left without being there`).toBe(true);
      } else if (frame.type === 'nick_changed') {
        expect(seen.delete(frame.old_name), `${frame.old_name} is renamed without being there`).toBe(true);
        seen.add(frame.new_name);
      }
    }
    this.#read = this.bea.frames.length;
    return [...seen];
  }
}
