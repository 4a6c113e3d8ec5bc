import type { RecoveredSession } from '../journal/journal.ts';
import { REF_REMEMBERED_MS } from '../protocol/limits.ts';
import type { Living } from './living.ts';
import type { Names } from './names.ts';
import type { sessionMachine } from './session/machine.ts';
import { Mailbox } from './session/mailbox.ts';
import { SessionRecord } from './session/record.ts';
import { SendLedger } from './session/send-ledger.ts';
import { type Crash, type Supervised, supervise } from './supervise.ts';
import type { World } from './world.ts';

type SessionActor = Supervised<typeof sessionMachine>;

export interface Seat {
  readonly record: SessionRecord;
  readonly actor: SessionActor;
}

/** What sessions are made with from outside: secrets are never compared but by their digests. */
export interface Secrets {
  /** A new secret, of 128 bits or more. */
  mint(): string;
  /** A public id. */
  mintId(): string;
  /** What of a secret may be kept. */
  digest(secret: string): string;
  /** Compares in constant time. */
  areEqual(digest: string, other: string): boolean;
}

/** The living sessions, by public id and by the digest of their secret; each is an actor under supervision. */
export class Sessions {
  readonly #machine: typeof sessionMachine;
  readonly #world: World;
  readonly #names: Names;
  readonly #secrets: Secrets;
  readonly #living: Living;
  readonly #crashed: (crash: Crash) => void;
  readonly #byId = new Map<string, Seat>();
  readonly #byDigest = new Map<string, Seat>();
  /** What sessions that ended of late have sent, for those who come back under a new one. */
  readonly #ledgers = new Map<string, { id: string; ledger: SendLedger; until: number }>();

  constructor(
    machine: typeof sessionMachine,
    world: World,
    parts: { names: Names; secrets: Secrets; living: Living; crashed: (crash: Crash) => void },
  ) {
    this.#machine = machine;
    this.#world = world;
    this.#names = parts.names;
    this.#secrets = parts.secrets;
    this.#living = parts.living;
    this.#crashed = parts.crashed;
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): Seat | undefined {
    return this.#byId.get(id);
  }

  withSecret(secret: string): Seat | undefined {
    const digest = this.#secrets.digest(secret);
    const seat = this.#byDigest.get(digest);
    return seat && this.#secrets.areEqual(seat.record.digest, digest) ? seat : undefined;
  }

  /**
   * Begins a session under a secret of its own: a client never picks one.
   * @param former the secret that the client came with; what was sent under it is not stored twice
   */
  start(wishedName: string, former: string | undefined): Seat & { secret: string } {
    const { clock, limits } = this.#world;
    const secret = this.#secrets.mint();
    const digest = this.#secrets.digest(secret);
    const identity = { id: this.#secrets.mintId(), digest, name: this.#names.assigned(wishedName) };
    const ended = former === undefined ? undefined : this.#ledgers.get(this.#secrets.digest(former));
    const parts = { ledger: ended?.ledger, former: ended?.id };
    return { ...this.#seat(new SessionRecord(identity, clock, limits, parts), 'fresh'), secret };
  }

  /** Has a session of an earlier life of the server go on: as one whose user has just gone away. */
  restore({ user, digest, privates, notices, sends }: RecoveredSession): Seat {
    const { clock, limits } = this.#world;
    const ledger = new SendLedger(clock, sends);
    const record = new SessionRecord({ ...user, digest }, clock, limits, {
      ledger,
      mailbox: new Mailbox(privates, notices),
    });
    record.isGreeted = true;
    return this.#seat(record);
  }

  /** Remembers what was sent in a session that has ended. */
  remember({ id, digest, ledger }: Pick<SessionRecord, 'id' | 'digest' | 'ledger'>): void {
    if (ledger.isEmpty) return;
    this.#ledgers.set(digest, { id, ledger, until: this.#world.clock.now() + REF_REMEMBERED_MS });
  }

  stop(): void {
    for (const { actor } of this.#byId.values()) actor.stop();
  }

  /** @param begins the state that it begins in, where that need not be found out */
  #seat(record: SessionRecord, begins?: 'fresh'): Seat {
    this.#names.hold(record.id, [record.name]);
    const actor = supervise({
      name: `session:${record.id}`,
      title: () => `session:${record.toldName}`,
      living: this.#living,
      machine: this.#machine,
      clock: this.#world.clock,
      crashed: this.#crashed,
      ended: () => this.#forget(record),
      begins,
      input: (self) => ({ record, self, world: this.#world }),
    });
    const seat: Seat = { actor, record };
    this.#byId.set(record.id, seat);
    this.#byDigest.set(record.digest, seat);
    return seat;
  }

  #forget(record: SessionRecord): void {
    const { id, digest } = record;
    this.#byId.delete(id);
    this.#byDigest.delete(digest);
    this.#names.release(id);
    const now = this.#world.clock.now();
    // In the order of their times: looking stops at the first that is still of use.
    for (const [old, { until }] of this.#ledgers) {
      if (until > now) break;
      this.#ledgers.delete(old);
    }
    this.remember(record);
  }
}
