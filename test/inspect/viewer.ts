import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { FeedFrame, Row } from '../../src/inspect/wire.ts';
import { Inbox } from '../support/inbox.ts';
import type { TestServer } from '../support/server.ts';

type FrameOf<T extends FeedFrame['type']> = Extract<FeedFrame, { type: T }>;

/** Opens the feed; with `?list`, the list has arrived. */
export async function openFeed(server: TestServer, query = '?list'): Promise<FeedViewer> {
  const viewer = new FeedViewer(server, query);
  await viewer.opened;
  if (query.includes('list')) await viewer.next('@troupe.list', ({ rest }) => rest === 0);
  return viewer;
}

/** A viewer that speaks our side of the feed, or, without `list`, says nothing. */
export class FeedViewer {
  readonly socket: WebSocket;
  readonly opened: Promise<void>;
  readonly closed: Promise<number>;
  readonly #inbox = new Inbox<FeedFrame>('feed frame');
  /** The list as it is by now, by session id. */
  readonly rows = new Map<string, Row>();

  constructor(server: TestServer, query = '?list', options: WebSocket.ClientOptions = {}) {
    this.socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws/inspect${query}`, options);
    onTestFinished(() => this.socket.terminate());
    this.socket.on('message', (data) => this.#take(JSON.parse(String(data))));
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
    this.opened = new Promise((resolve, reject) => {
      this.socket.on('open', resolve);
      this.socket.on('error', reject);
    });
    // A refused upgrade is of interest only to whoever awaits it.
    this.opened.catch(() => {});
  }

  get frames(): readonly FeedFrame[] {
    return this.#inbox.all;
  }

  /** The list's rows as names and states. */
  get list(): Record<string, string> {
    return Object.fromEntries([...this.rows.values()].map(([, name, state]) => [name, state]));
  }

  subscribe(...actors: string[]): void {
    this.send({ type: 'subscribe', actors });
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** Takes the first unread frame of a type that matches, now or when it comes. */
  next<T extends FeedFrame['type']>(type: T, test: (frame: FrameOf<T>) => boolean = () => true) {
    return this.#inbox.next({
      test: (frame) => frame.type === type && test(frame as FrameOf<T>),
      words: `${type} ${test}`,
    }) as Promise<FrameOf<T>>;
  }

  /** Subscribes, and awaits that the actor is shown. */
  async watch(name: string) {
    this.subscribe(name);
    return this.next('@xstate.actor', (frame) => frame.name === name);
  }

  event(type: string) {
    return this.next('@xstate.event', ({ event }) => event.type === type);
  }

  step(event: string) {
    return this.next('@troupe.step', (frame) => frame.event === event);
  }

  #take(frame: FeedFrame): void {
    if (frame.type === '@troupe.list') {
      if (frame.isFirst) this.rows.clear();
      for (const row of frame.rows) this.rows.set(row[0], row);
    } else if (frame.type === '@troupe.rows') {
      for (const [id] of frame.ended) this.rows.delete(id);
      for (const row of frame.rows) this.rows.set(row[0], row);
    }
    this.#inbox.add(frame);
  }
}
