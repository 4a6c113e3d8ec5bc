/**
 * Creates, finds and supervises the actors. It is no actor itself: whoever needs one asks here by name and
 * gets a reference that outlives a crash.
 */
import type { Journal, Party } from '../journal/journal.ts';
import type { Entry, RoomSummary, Stats, User } from '../protocol/entities.ts';
import { HISTORY_KEPT, REF_REMEMBERED_MS, STANDING_ROOMS } from '../protocol/limits.ts';
import { normalizeUserName } from '../protocol/names.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import { Names } from './names.ts';
import { History } from './room/history.ts';
import { type RoomContext, roomMachine } from './room/machine.ts';
import { PresenceChanges } from './room/presence-changes.ts';
import { Roster } from './room/roster.ts';
import type { SessionRef } from './session/events.ts';
import { sessionMachine } from './session/machine.ts';
import { SessionRecord } from './session/record.ts';
import type { SendLedger } from './session/send-ledger.ts';
import { SortedList } from './sorted-list.ts';
import { readStats, type StatsContext, statsMachine } from './stats/machine.ts';
import { StatsRecord } from './stats/record.ts';
import { type Crash, type Supervised, supervise } from './supervise.ts';
import type { Limits, World } from './world.ts';

/** The machines that actors are made from; tests plant a fault by giving others. */
export interface Machines {
  room: typeof roomMachine;
  session: typeof sessionMachine;
  stats: typeof statsMachine;
}

export interface DirectoryParts {
  clock: Clock;
  journal: Journal;
  limits: Limits;
  secrets: Secrets;
  /** From 0 to below 1. */
  random: () => number;
  gauges: StatsContext['gauges'];
  crashed: (crash: Crash) => void;
  machines?: Partial<Machines> | undefined;
}

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

/** What a client says of itself on connecting. */
export interface Introduction {
  name: string;
  /** Of an earlier session. */
  secret: string | undefined;
  /** The newest id that the client has; 0 when it has none. */
  cursor: number;
}

export interface Admission {
  session: SessionRef;
  record: SessionRecord;
}

interface RoomSeat {
  readonly name: string;
  readonly actor: Supervised<typeof roomMachine>;
}

interface SessionSeat extends Admission {
  actor: Supervised<typeof sessionMachine>;
}

export class Directory {
  readonly names: Names;
  readonly #parts: DirectoryParts;
  readonly #machines: Machines;
  readonly #world: World;
  readonly #stats: Supervised<typeof statsMachine>;
  readonly #rooms = new Map<string, RoomSeat>();
  readonly #roomsByName = new SortedList<RoomSeat>();
  readonly #sessions = new Map<string, SessionSeat>();
  readonly #byDigest = new Map<string, SessionSeat>();
  /** What sessions that ended of late have sent, for those who come back under a new one. */
  readonly #ledgers = new Map<string, { ledger: SendLedger; until: number }>();

  constructor(parts: DirectoryParts) {
    this.#parts = parts;
    this.#machines = { room: roomMachine, session: sessionMachine, stats: statsMachine, ...parts.machines };
    this.names = new Names(parts.random);
    this.#stats = this.#startStats();
    const { clock, journal, limits } = parts;
    this.#world = { clock, journal, limits, directory: this, stats: this.#stats };
    for (const name of STANDING_ROOMS) this.#startRoom(name, undefined);
  }

  /**
   * Lets a client in: into its session, or into a new one when it has none. The session greets it.
   * @param secretFor makes the connection once its secret is decided
   * @returns undefined when the server has as many sessions as it may
   */
  admit(introduction: Introduction, secretFor: (secret: string) => Connection): Admission | undefined {
    const { secrets, limits } = this.#parts;
    const { secret, cursor } = introduction;
    const digest = secret === undefined ? undefined : secrets.digest(secret);
    let seat = digest === undefined ? undefined : this.#byDigest.get(digest);
    let kept = secret ?? '';
    if (!seat || !secrets.areEqual(seat.record.digest, digest ?? '')) {
      if (this.#sessions.size >= limits.maxSessions) return undefined;
      // A client never picks its own secret.
      kept = secrets.mint();
      seat = this.#startSession(introduction.name, secrets.digest(kept), digest);
    }
    seat.actor.send({ type: 'connection.opened', connection: secretFor(kept), cursor });
    return seat;
  }

  room(name: string): RoomSeat['actor'] | undefined {
    return this.#rooms.get(name)?.actor;
  }

  /** The room by that name, created if need be; undefined when the server has as many rooms as it may. */
  openRoom(name: string, founder: Party): RoomSeat['actor'] | undefined {
    const room = this.#rooms.get(name);
    if (room) return room.actor;
    return this.#rooms.size < this.#parts.limits.maxRooms ? this.#startRoom(name, founder).actor : undefined;
  }

  rooms(after: string | undefined, limit: number): RoomSummary[] {
    return this.#roomsByName.page(after, limit).map(({ name, actor }) => {
      const { roster, createdAt } = actor.snapshot().context;
      return { name, users: roster.size, created_at: createdAt };
    });
  }

  roster(room: string): Roster | undefined {
    return this.#context(room)?.roster;
  }

  history(room: string): History | undefined {
    return this.#context(room)?.history;
  }

  users(room: string, after: string | undefined, limit: number): User[] | undefined {
    return this.roster(room)?.users(limit, after);
  }

  /** @returns oldest first; undefined for an unknown room */
  async entries(room: string, before: number | undefined, limit: number): Promise<Entry[] | undefined> {
    const history = this.history(room);
    if (!history) return undefined;
    return before === undefined ? history.last(limit) : this.#parts.journal.read(room, { before, limit });
  }

  session(id: string): SessionRef | undefined {
    return this.#sessions.get(id)?.actor;
  }

  /** Who bears a name, in any writing. */
  sessionNamed(name: string): { party: Party } | undefined {
    const holder = this.names.holder(normalizeUserName(name));
    const seat = holder === undefined ? undefined : this.#sessions.get(holder);
    return seat && { party: seat.record.party };
  }

  get stats(): Supervised<typeof statsMachine> {
    return this.#stats;
  }

  readStats(): Stats {
    return readStats(this.#stats.snapshot().context);
  }

  /** Stops every actor where it stands; nobody is told anything. */
  stop(): void {
    for (const { actor } of this.#sessions.values()) actor.stop();
    for (const { actor } of this.#rooms.values()) actor.stop();
    this.#stats.stop();
  }

  #context(room: string): RoomContext | undefined {
    return this.#rooms.get(room)?.actor.snapshot().context;
  }

  #startRoom(name: string, founder: Party | undefined): RoomSeat {
    const { clock, journal, crashed } = this.#parts;
    const createdAt = clock.now() / 1000;
    const actor = supervise({
      name: `room:${name}`,
      machine: this.#machines.room,
      clock,
      crashed,
      ended: () => {
        this.#rooms.delete(name);
        this.#roomsByName.delete(seat);
      },
      input: (self, last) => {
        const base = { name, founder, createdAt, self, world: this.#world };
        if (!last) {
          const changes = new PresenceChanges();
          return { ...base, roster: new Roster(), history: new History(), changes, arriving: new Map() };
        }
        const { roster, changes, arriving } = last.context;
        return journal.read(name, { limit: HISTORY_KEPT }).then((entries) => ({
          ...base,
          roster: new Roster(roster),
          history: new History(entries),
          changes,
          arriving,
        }));
      },
    });
    const seat: RoomSeat = { name, actor };
    this.#rooms.set(name, seat);
    this.#roomsByName.add(seat);
    return seat;
  }

  #startSession(wishedName: string, digest: string, formerDigest: string | undefined): SessionSeat {
    const { clock, limits, secrets, crashed } = this.#parts;
    const identity = { id: secrets.mintId(), digest, name: this.names.assigned(wishedName) };
    const record = new SessionRecord(identity, clock, limits, this.#ledgers.get(formerDigest ?? '')?.ledger);
    this.names.take(record.id, record.name);
    const actor = supervise({
      name: `session:${record.id}`,
      machine: this.#machines.session,
      clock,
      crashed,
      ended: () => this.#forgetSession(record),
      input: (self) => ({ record, self, world: this.#world }),
    });
    const seat: SessionSeat = { actor, session: actor, record };
    this.#sessions.set(record.id, seat);
    this.#byDigest.set(digest, seat);
    return seat;
  }

  #forgetSession({ id, digest, name, ledger }: SessionRecord): void {
    this.#sessions.delete(id);
    this.#byDigest.delete(digest);
    this.names.release(id, name);
    const now = this.#parts.clock.now();
    // In the order of their times: looking stops at the first that is still of use.
    for (const [old, { until }] of this.#ledgers) {
      if (until > now) break;
      this.#ledgers.delete(old);
    }
    if (!ledger.isEmpty) this.#ledgers.set(digest, { ledger, until: now + REF_REMEMBERED_MS });
  }

  #startStats(): Supervised<typeof statsMachine> {
    const { clock, gauges, crashed } = this.#parts;
    const record = new StatsRecord(clock);
    return supervise({
      name: 'stats',
      machine: this.#machines.stats,
      clock,
      crashed,
      ended: () => {},
      input: () => ({ record, gauges }),
    });
  }
}
