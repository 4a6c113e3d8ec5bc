import type { Clock } from '../../src/actors/clock.ts';
import { PRIVATE_MESSAGES_KEPT, REF_REMEMBERED_MS } from '../../src/protocol/limits.ts';
import type { Connection } from './connection.ts';

/** As in the default settings. */
const GRACE_MS = 30_000;

/** What the connections of one session have in common. */
export class Session {
  readonly userId: string;
  readonly secret: string;
  readonly connections: Connection[] = [];
  /** Private messages that one of its connections got. */
  readonly privates = new Map<string, number>();
  readonly #clock: Clock;
  readonly #complain: (what: string) => void;
  readonly #acks = new Map<string, { id: number; at: number }>();
  readonly #firstName: string;
  /** Whether it keeps the refs of one that has ended. */
  isHeir = false;
  #hasQuit = false;
  #awaySince: number | undefined;

  constructor(
    { user_id, session_id, name }: { user_id: string; session_id: string; name: string },
    clock: Clock,
    complain: (what: string) => void,
  ) {
    this.userId = user_id;
    this.secret = session_id;
    this.#firstName = name;
    this.#clock = clock;
    this.#complain = complain;
  }

  get name(): string {
    return (this.open.at(-1) ?? this.connections.at(-1))?.name ?? this.#firstName;
  }

  get open(): Connection[] {
    return this.connections.filter(({ isOpen }) => isOpen);
  }

  get isOnline(): boolean {
    return this.open.length > 0;
  }

  isOver(now: number): boolean {
    return this.#hasQuit || (this.#awaySince !== undefined && now >= this.#awaySince + GRACE_MS);
  }

  isAway(now: number): boolean {
    return !this.isOnline && !this.isOver(now);
  }

  /** Takes note of how its connections have ended. */
  update(now: number): void {
    if (this.isOver(now)) return;
    this.#hasQuit = this.connections.some(
      ({ quits, closeCode, isLeaving }) => quits && closeCode === 1000 && !isLeaving,
    );
    if (this.isOnline) this.#awaySince = undefined;
    else this.#awaySince ??= now;
  }

  /** A session that follows on one that has ended keeps its refs. */
  inherit(former: Session): void {
    this.isHeir = true;
    for (const [ref, ack] of former.#acks) this.#acks.set(ref, ack);
  }

  /**
   * Sent again within five minutes, nothing is stored twice.
   * @returns whether this is the first ack
   */
  acknowledge(ref: string, id: number): boolean {
    const now = this.#clock.now();
    const before = this.#acks.get(ref);
    if (before && now < before.at + REF_REMEMBERED_MS) {
      if (before.id !== id)
        this.#complain(`${ref} of ${this.name} is acknowledged as ${before.id} and as ${id}`);
      return false;
    }
    this.#acks.set(ref, { id, at: now });
    return true;
  }

  /** The private messages that a connection which has seen all up to an id must have got since. */
  privatesAfter(id: number): string[] {
    const kept = [...this.privates].sort(([, a], [, b]) => a - b).slice(-PRIVATE_MESSAGES_KEPT);
    return kept.filter(([, each]) => each > id).map(([key]) => key);
  }
}
