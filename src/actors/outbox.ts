import type { EncodedFrame } from '../protocol/encode.ts';
import { encode } from '../protocol/encode.ts';
import type { AnswerFrame } from '../protocol/server-frames.ts';
import type { Asker, Connection } from './connection.ts';

/**
 * The way out to one user: all connections of a session. Rooms keep it in their rosters and send to it
 * directly, as to an actor; an event to every receiver's machine would cost ten times as much.
 */
export class Outbox {
  /** Copied on a change: sending to it is what happens all the time, and costs no iterator so. */
  #connections: readonly Connection[] = [];

  /** Whether anybody is there to read. */
  get isOpen(): boolean {
    return this.#connections.length > 0;
  }

  hasNoneBut(connection: Connection): boolean {
    return this.#connections.every((each) => each === connection);
  }

  add(connection: Connection): void {
    this.#connections = [...this.#connections, connection];
  }

  delete(connection: Connection): void {
    this.#connections = this.#connections.filter((each) => each !== connection);
  }

  deleteClosed(): void {
    this.#connections = this.#connections.filter(({ isClosed }) => !isClosed);
  }

  send(frame: EncodedFrame): void {
    for (const connection of this.#connections) connection.send(frame);
  }

  /** Sends what a request has brought about to all connections; the one that asked sees its `ref` on it. */
  announce(frame: AnswerFrame, asker?: Asker): void {
    this.announceAs((ref) => encode(ref === undefined ? frame : { ...frame, ref }), asker);
  }

  /** @param make makes the frame, with the `ref` if there is one */
  announceAs(make: (ref: string | undefined) => EncodedFrame, asker?: Asker): void {
    let plain: EncodedFrame | undefined;
    for (const connection of this.#connections) {
      if (connection === asker?.connection) {
        connection.answer(make(asker.ref));
      } else {
        // Mostly there is none but the one that asked.
        plain ??= make(undefined);
        connection.send(plain);
      }
    }
  }

  /** Gives back all connections and forgets them. */
  drain(): readonly Connection[] {
    const all = this.#connections;
    this.#connections = [];
    return all;
  }

  toJSON(): object {
    return { connections: this.#connections.length };
  }
}
