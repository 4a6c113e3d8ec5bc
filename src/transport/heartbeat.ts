import type { Clock } from '../actors/clock.ts';
import { encode } from '../protocol/encode.ts';
import { PING_EVERY_MS, SILENCE_MAX_MS } from '../protocol/limits.ts';
import type { ClientConnection } from './connection.ts';
import { withProtocolPing } from './wire.ts';

/** One timer for all connections, not one each. */
const TICK_MS = 1_000;

/**
 * Asks every connection for a sign of life now and then, and closes those that give none: a peer whose cable
 * was pulled says nothing at all.
 */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #pingedAt = new Map<ClientConnection, number>();
  #timer: unknown;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  watch(connection: ClientConnection): void {
    this.#pingedAt.set(connection, this.#clock.now());
    this.#timer ??= this.#clock.setTimeout(() => this.#tick(), TICK_MS);
  }

  unwatch(connection: ClientConnection): void {
    this.#pingedAt.delete(connection);
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#pingedAt.clear();
  }

  #tick(): void {
    this.#timer = this.#pingedAt.size > 0 ? this.#clock.setTimeout(() => this.#tick(), TICK_MS) : undefined;
    const now = this.#clock.now();
    // In both ways there are, since not every client answers ours; in one write.
    const ping = withProtocolPing(encode({ type: 'ping', ts: now / 1000 }));
    for (const [connection, pingedAt] of this.#pingedAt) {
      if (now - connection.heardAt > SILENCE_MAX_MS - TICK_MS) {
        connection.close('silent');
      } else if (connection.isGreeted && now - pingedAt >= PING_EVERY_MS) {
        this.#pingedAt.set(connection, now);
        connection.send(ping);
      }
    }
  }
}
