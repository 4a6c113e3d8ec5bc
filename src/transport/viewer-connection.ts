import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Feed } from '../inspect/feed.ts';
import type { Sink } from '../inspect/viewer.ts';
import { type Subscription, subscription } from '../inspect/wire.ts';
import { closeCodes } from '../protocol/close-codes.ts';
import type { EncodedFrame } from '../protocol/encode.ts';
import { toWire } from './wire.ts';
import { Writer } from './writer.ts';

/** Bytes that a viewer may have waiting; the feed stops long before. */
const QUEUE_MAX_BYTES = 64 * 1024 * 1024;
/** Between two protocol pings; a viewer whose cable was pulled answers none. */
const PING_EVERY_MS = 25_000;
/** Mistakes after which a viewer is not listened to any longer. */
const MISTAKES_MAX = 20;
/** Frames between two pings, mistaken or not; the page, when somebody hurries through its list, sends a third of them. */
const HEARD_MAX = 500;

/** One viewer's WebSocket. It can ask for more or less of the feed, and for nothing else. */
export class ViewerConnection implements Sink {
  readonly #ws: WebSocket;
  readonly #writer: Writer;
  readonly #seat: ReturnType<Feed['admit']>;
  readonly #timer: NodeJS.Timeout;
  #isAlive = true;
  #mistakes = 0;
  #heard = 0;

  constructor(ws: WebSocket, socket: Duplex, feed: Feed, wantsList: boolean) {
    this.#ws = ws;
    this.#writer = new Writer(socket, QUEUE_MAX_BYTES);
    this.#seat = feed.admit(this, wantsList);
    ws.on('message', (body: Buffer, isBinary) => this.#receive(isBinary ? '' : body.toString()));
    // Pongs bypass the writer; one who pings without reading must not fill the memory with them.
    ws.on('ping', (body) => this.isCongested || ws.pong(body));
    ws.on('pong', () => {
      this.#isAlive = true;
    });
    this.#timer = setInterval(() => this.#probe(), PING_EVERY_MS);
  }

  get isCongested(): boolean {
    return this.#writer.isCongested;
  }

  write(frame: EncodedFrame): void {
    this.#writer.pushAnswer(toWire(frame));
  }

  drop(): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    const { code, reason } = closeCodes.slowReader;
    this.#writer.stop();
    this.#ws.close(code, reason);
    // It reads nothing, so it will not read this either.
    setTimeout(() => this.#ws.terminate(), 1_000).unref();
  }

  leave(): void {
    clearInterval(this.#timer);
    this.#writer.stop();
    this.#seat.leave();
  }

  #receive(json: string): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    if (++this.#heard > HEARD_MAX) {
      this.#giveUp();
      return;
    }
    const wanted = parse(json);
    if (wanted) {
      this.#seat.subscribe(wanted);
      return;
    }
    // An official receiver says nothing; this is somebody who tries.
    this.#mistakes += 1;
    if (this.#mistakes > MISTAKES_MAX) this.#giveUp();
    else this.write({ json: JSON.stringify({ type: '@troupe.error', message: USAGE }), wire: undefined });
  }

  #giveUp(): void {
    this.#writer.stop();
    this.#ws.close(closeCodes.flood.code, closeCodes.flood.reason);
  }

  #probe(): void {
    this.#heard = 0;
    if (!this.#isAlive) this.#ws.terminate();
    else this.#ws.ping();
    this.#isAlive = false;
  }
}

const USAGE =
  'All that is understood is { "type": "subscribe", "actors": ["room:general", "session:*"], "kinds": ["event", "snapshot", "step"] }';

function parse(json: string): Subscription | undefined {
  try {
    return subscription.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
