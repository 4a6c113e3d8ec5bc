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
  readonly #streams = new Set<ServerResponse>();
  #timer: unknown;

  constructor(stats: { send(event: StatsEvent): void }, clock: Clock) {
    this.#stats = stats;
    this.#clock = clock;
  }

  /** Takes over the request. Headers that are set already are kept. */
  readonly subscribe = (request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache',
      'X-Accel-Buffering': 'no',
    });
    response.write(`retry: ${RETRY_MS}\n\n`);
    const subscriber: Subscriber = { send: (text) => write(response, text) };
    this.#streams.add(response);
    this.#timer ??= this.#clock.setTimeout(() => this.#comment(), SSE_COMMENT_EVERY_MS);
    response.on('close', () => {
      this.#streams.delete(response);
      this.#stats.send({ type: 'subscriber.leave', subscriber });
    });
    response.on('error', () => response.destroy());
    this.#stats.send({ type: 'subscriber.join', subscriber, lastEventId: lastEventId(request) });
  };

  /** Ends every stream. */
  close(): void {
    this.#clock.clearTimeout(this.#timer);
    for (const response of this.#streams) response.end();
  }

  /** Keeps proxies from taking a quiet stream for a dead one. */
  #comment(): void {
    this.#timer =
      this.#streams.size > 0
        ? this.#clock.setTimeout(() => this.#comment(), SSE_COMMENT_EVERY_MS)
        : undefined;
    for (const response of this.#streams) write(response, ': still here\n\n');
  }
}

function write(response: ServerResponse, text: string): void {
  if (response.writableLength > QUEUE_MAX_BYTES) response.destroy();
  else if (!response.writableEnded) response.write(text);
}

/** The header, which browsers send by themselves on reconnecting, goes before the query. */
function lastEventId(request: IncomingMessage): string | undefined {
  const header = request.headers['last-event-id'];
  if (typeof header === 'string' && header !== '') return header;
  const query = new URLSearchParams(request.url?.split('?')[1] ?? '');
  return query.get('lastEventId') || undefined;
}
