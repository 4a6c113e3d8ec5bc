import { PRESENCE_GATHER_MS, PRESENCE_GATHER_MS_PER_MEMBER } from '../../src/protocol/limits.ts';
import { Client } from './client.ts';
import type { Dialect } from './dialects.ts';
import { Tally } from './tally.ts';
import { messageText } from './texts.ts';

const CONNECTING_AT_ONCE = 100;
/** Milliseconds on top of the time for which a server gathers who has come before it tells the others. */
const NEWS_SLACK_MS = 250;
/** What was sent twice comes soon after the first. */
const ECHO_MS = 200;
const TIME_LIMIT_MS = 90_000;

/** Clients of one server, all in the room `general`, and in others as they are told. */
export class Crowd {
  readonly tally = new Tally();
  readonly clients: Client[] = [];
  readonly #dialect: Dialect;
  readonly #called: string;
  readonly #said = new Map<number, number>();

  /** @param called what their names begin with */
  constructor(dialect: Dialect, called = 'user') {
    this.#dialect = dialect;
    this.#called = called;
  }

  get size(): number {
    return this.clients.length;
  }

  /** Connects clients until there are so many: as fast as they are let in, so many at once. */
  async gather(port: number, size: number, atOnce = CONNECTING_AT_ONCE): Promise<void> {
    const enter = async () => {
      while (this.size < size) {
        const name = `${this.#called}${String(this.size).padStart(5, '0')}`;
        const client = new Client(port, name, this.#dialect, this.tally);
        this.clients.push(client);
        await client.opened;
      }
    };
    await this.inTime(Promise.all(Array.from({ length: atOnce }, enter)), () => 'not let in');
  }

  /** Has clients join a room, and waits until all are in. */
  async join(room: string, members: readonly Client[]): Promise<void> {
    const joined = this.tally.expect('joined', members.length);
    for (const member of members) member.send({ type: 'join', room });
    await this.inTime(joined, () => `${this.tally.missing} have not joined ${room}`);
  }

  /** Sends messages in one write, from one who is in the room; waiting for them is the caller's. */
  say(author: Client, room: string, messages = 1, at: Saying = {}): void {
    const { roomNumber = 0, sentAt = performance.now(), length = 100 } = at;
    const said = this.#said.get(roomNumber) ?? 0;
    this.#said.set(roomNumber, said + messages);
    const requests = Array.from({ length: messages }, (_, i) => ({
      type: 'message',
      room,
      text: messageText(roomNumber, said + i, sentAt, length),
    }));
    author.send(...requests);
  }

  /** Waits for so many frames of a type that `act` brings about. */
  async until(type: string, frames: number, act: () => unknown): Promise<void> {
    const come = this.tally.expect(type, frames);
    await act();
    await this.inTime(come, () => `${this.tally.missing} frames of type ${type} are missing`);
  }

  /** Longer than any news takes to go round, if all are in one room; milliseconds. */
  get newsMs(): number {
    return Math.max(PRESENCE_GATHER_MS, this.size * PRESENCE_GATHER_MS_PER_MEMBER) + NEWS_SLACK_MS;
  }

  /** Waits until the news of what has happened have gone round. */
  settle(): Promise<void> {
    return this.#quiet(this.newsMs);
  }

  /** Rejects when more has come than was due. */
  verify(): Promise<void> {
    return this.#quiet(ECHO_MS);
  }

  leave(): void {
    for (const client of this.clients) client.close();
  }

  /** Waits until nobody has been told anything for `ms`. */
  async #quiet(ms: number): Promise<void> {
    const until = performance.now() + TIME_LIMIT_MS;
    await this.inTime(pause(ms), () => '');
    while (performance.now() - this.tally.lastReadAt < ms) {
      if (performance.now() > until) throw new Error(`not quiet after ${TIME_LIMIT_MS} ms`);
      await Promise.race([this.tally.failed, pause(20)]);
    }
  }

  async inTime(work: Promise<unknown>, problem: () => string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${problem()} after ${TIME_LIMIT_MS} ms`)), TIME_LIMIT_MS);
    });
    await Promise.race([work, late, this.tally.failed]).finally(() => clearTimeout(timer));
  }
}

export interface Saying {
  /** By which the room's messages are counted, when there is more than one. */
  roomNumber?: number;
  /** Milliseconds on the clock of `performance.now()`. */
  sentAt?: number;
  /** Characters. */
  length?: number;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
