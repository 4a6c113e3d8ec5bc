import type { Send } from '../../journal/journal.ts';
import type { Mistake } from '../../protocol/errors.ts';
import { REF_REMEMBERED_MS } from '../../protocol/limits.ts';
import type { ServerFrameOf } from '../../protocol/server-frames.ts';
import type { Clock } from '../clock.ts';
import type { Asker } from '../connection.ts';

type Ack = ServerFrameOf<'ack'>;

/**
 * What a session has sent with a `ref`, so that sending it again stores nothing twice: the acks of the last
 * five minutes, and who waits for those still to come.
 */
export class SendLedger {
  readonly #clock: Clock;
  // Made when they are needed: most sessions never send a ref, and an empty map takes 200 bytes.
  #acks: Map<string, { ack: Ack; until: number }> | undefined;
  #waiting: Map<string, Asker[]> | undefined;

  /** @param sends what was acknowledged in an earlier life of the server, oldest first */
  constructor(clock: Clock, sends: readonly Send[] = []) {
    this.#clock = clock;
    for (const { ref, id, ts, room } of sends) {
      const ack: Ack = { type: 'ack', ref, id, ts };
      if (room !== undefined) ack.room = room;
      this.#acks ??= new Map();
      this.#acks.set(ref, { ack, until: ts * 1000 + REF_REMEMBERED_MS });
    }
  }

  get isEmpty(): boolean {
    this.#forgetOld();
    return !this.#acks?.size && !this.#waiting?.size;
  }

  knows(ref: string | undefined): boolean {
    if (ref === undefined) return false;
    this.#forgetOld();
    return this.#acks?.has(ref) || this.#waiting?.has(ref) || false;
  }

  /** Notes that something with this ref is being stored. */
  open(ref: string, asker: Asker): void {
    this.#waiting ??= new Map();
    this.#waiting.set(ref, [asker]);
  }

  /** Answers one who sends a known ref again: now, or as soon as the first is stored. */
  repeat(ref: string, asker: Asker): void {
    const known = this.#acks?.get(ref);
    if (known) asker.answer(known.ack);
    else this.#waiting?.get(ref)?.push(asker);
  }

  settle(ref: string, ack: Ack): void {
    this.#acks ??= new Map();
    this.#acks.set(ref, { ack, until: this.#clock.now() + REF_REMEMBERED_MS });
    for (const asker of this.#close(ref)) asker.answer(ack);
  }

  /** A failure is told to all who wait and not remembered: the next try may succeed. */
  fail(ref: string, mistake: Mistake): void {
    for (const asker of this.#close(ref)) asker.refuse(mistake);
  }

  #close(ref: string): Asker[] {
    const askers = this.#waiting?.get(ref) ?? [];
    this.#waiting?.delete(ref);
    return askers;
  }

  /** Acks are in the order of their times, so looking stops at the first that is still fresh. */
  #forgetOld(): void {
    if (!this.#acks) return;
    const now = this.#clock.now();
    for (const [ref, { until }] of this.#acks) {
      if (until > now) return;
      this.#acks.delete(ref);
    }
  }

  toJSON(): object {
    return { remembered: this.#acks?.size ?? 0, waiting: this.#waiting?.size ?? 0 };
  }
}
