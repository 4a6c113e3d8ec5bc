import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../actors/clock.ts';
import type { StatsEvent, Subscriber } from '../actors/stats/events.ts';
import { SSE_COMMENT_EVERY_MS } from '../protocol/limits.ts';

/** Bytes waiting for a subscriber who does not read, above which it is dropped. */
const QUEUE_MAX_BYTES = 256 * 1024;
/** Milliseconds after which a browser that was cut off tries again. */
const RETRY_MS = 2_000;

/** The event stream side of the server: each `GET /events` is a subscriber of the statistics. */
export class EventTransport {
  readonly #stats: { send(event: StatsEvent): void };
  readonly #clock: Clock;
  /** What reads each open stream. */
  readonly #streams = new Map<ServerResponse, Subscriber>();
  #timer: unknown;
  #isClosed = false;

  constructor(stats: { send(event: StatsEvent): void }, clock: Clock) {
    this.#stats = stats;
    this.#clock = clock;
  }

  /** Takes over the request. Headers that are set already are kept. */
  readonly subscribe = (request: IncomingMessage, response: ServerResponse): void => {
    // A response that waits behind another may never get a socket, and then it is not told of the end either.
    if (!response.socket || response.socket.destroyed) return void response.destroy();
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache',
      'X-Accel-Buffering': 'no',
    });
    response.write(`retry: ${RETRY_MS}\n\n`);
    if (this.#isClosed) return void response.end();
    const subscriber: Subscriber = { send: (text) => this.#write(response, text) };
    this.#streams.set(response, subscriber);
    this.#timer ??= this.#clock.setTimeout(() => this.#comment(), SSE_COMMENT_EVERY_MS);
    response.on('close', () => this.#drop(response));
    response.on('error', () => response.destroy());
    this.#stats.send({ type: 'subscriber.join', subscriber, lastEventId: lastEventId(request) });
  };

  /** Ends every stream, and at once those that are still asked for. */
  close(): void {
    this.#isClosed = true;
    this.#clock.clearTimeout(this.#timer);
    for (const response of this.#streams.keys()) response.end();
  }

  /** Keeps proxies from taking a quiet stream for a dead one. */
  #comment(): void {
    this.#timer =
      this.#streams.size > 0
        ? this.#clock.setTimeout(() => this.#comment(), SSE_COMMENT_EVERY_MS)
        : undefined;
    for (const response of this.#streams.keys()) this.#write(response, ': still here\n\n');
  }

  #write(response: ServerResponse, text: string): void {
    if (response.writableEnded || !this.#streams.has(response)) return;
    if (response.writableLength <= QUEUE_MAX_BYTES) response.write(text);
    else {
      this.#drop(response);
      response.destroy();
    }
  }

  #drop(response: ServerResponse): void {
    const subscriber = this.#streams.get(response);
    if (!subscriber) return;
    this.#streams.delete(response);
    this.#stats.send({ type: 'subscriber.leave', subscriber });
  }
}

/** The header, which browsers send by themselves on reconnecting, goes before the query. */
function lastEventId(request: IncomingMessage): string | undefined {
  const header = request.headers['last-event-id'];
  if (typeof header === 'string' && header !== '') return header;
  const query = new URLSearchParams(request.url?.split('?')[1] ?? '');
  return query.get('lastEventId') || undefined;
}
