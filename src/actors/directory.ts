/**
 * Creates, finds and supervises the actors. It is no actor itself: whoever needs one asks here by name and
 * gets a reference that outlives a crash.
 */
import type { Journal, Party } from '../journal/journal.ts';
import type { Entry, RoomSummary, Stats, User } from '../protocol/entities.ts';
import { normalizeUserName } from '../protocol/names.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import { Living } from './living.ts';
import { Names } from './names.ts';
import { recoveredCounts, restore } from './recovery.ts';
import type { RoomRef } from './room/events.ts';
import type { History } from './room/history.ts';
import { roomMachine } from './room/machine.ts';
import type { Roster } from './room/roster.ts';
import { Rooms } from './rooms.ts';
import type { SessionRef } from './session/events.ts';
import { sessionMachine } from './session/machine.ts';
import type { SessionRecord } from './session/record.ts';
import { type Secrets, Sessions } from './sessions.ts';
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

export class Directory {
  readonly names: Names;
  readonly stats: Supervised<typeof statsMachine>;
  readonly living = new Living();
  readonly #journal: Journal;
  readonly #limits: Limits;
  readonly #rooms: Rooms;
  readonly #sessions: Sessions;

  constructor(parts: DirectoryParts) {
    const { clock, journal, limits, secrets, crashed } = parts;
    const { living } = this;
    const machines = { room: roomMachine, session: sessionMachine, stats: statsMachine, ...parts.machines };
    this.#journal = journal;
    this.#limits = limits;
    this.names = new Names(parts.random);
    const recovered = journal.recovered();
    const record = new StatsRecord({
      clock,
      counts: recoveredCounts(recovered),
      events: recovered.events,
      // Nobody waits for it; if it is lost, the event is still known from the record that brought it about.
      noteTold: (of, event) => journal.append({ kind: 'event.told', of, event }, () => {}),
    });
    this.stats = startStats(machines.stats, parts, this.living, record);
    const { counts } = record;
    const world: World = { clock, journal, limits, directory: this, stats: this.stats, counts };
    this.#rooms = new Rooms(machines.room, world, { living, crashed });
    this.#sessions = new Sessions(machines.session, world, { names: this.names, secrets, living, crashed });
    restore(recovered, world, this.#rooms, this.#sessions);
  }

  /**
   * Lets a client in: into its session, or into a new one when it has none. The session greets it.
   * @param connect makes the connection once its secret is decided
   * @returns undefined when the server has as many sessions as it may
   */
  admit(introduction: Introduction, connect: (secret: string) => Connection): Admission | undefined {
    const { name, secret, cursor } = introduction;
    const known = secret === undefined ? undefined : this.#sessions.withSecret(secret);
    if (!known && this.#sessions.size >= this.#limits.maxSessions) return undefined;
    const seat = known && secret !== undefined ? { ...known, secret } : this.#sessions.start(name, secret);
    seat.actor.send({ type: 'connection.opened', connection: connect(seat.secret), cursor });
    return { session: seat.actor, record: seat.record };
  }

  session(id: string): SessionRef | undefined {
    return this.#sessions.get(id)?.actor;
  }

  /** Whether anybody is there to read what is sent to a user. */
  isOnline(id: string): boolean {
    return this.#sessions.get(id)?.record.outbox.isOpen ?? false;
  }

  /** Who bears a name, in any writing. */
  bearer(name: string): Party | undefined {
    const holder = this.names.holder(normalizeUserName(name));
    return holder === undefined ? undefined : this.#sessions.get(holder)?.record.party;
  }

  room(name: string): RoomRef | undefined {
    return this.#rooms.get(name);
  }

  /** The room by that name, created if need be; undefined when the server has as many rooms as it may. */
  openRoom(name: string, founder: Party): RoomRef | undefined {
    const room = this.#rooms.get(name);
    if (room) return room;
    return this.#rooms.size < this.#limits.maxRooms ? this.#rooms.start(name, founder) : undefined;
  }

  roster(room: string): Roster | undefined {
    return this.#rooms.context(room)?.roster;
  }

  history(room: string): History | undefined {
    return this.#rooms.context(room)?.history;
  }

  rooms(after: string | undefined, limit: number): RoomSummary[] {
    const page = this.#rooms.page(after, limit);
    return page.map(({ name, roster, createdAt }) => ({ name, users: roster.size, created_at: createdAt }));
  }

  /** The first so many. */
  roomNames(limit: number): string[] {
    return this.#rooms.names(limit);
  }

  users(room: string, after: string | undefined, limit: number): User[] | undefined {
    return this.roster(room)?.users(limit, after);
  }

  /** @returns oldest first; undefined for an unknown room */
  async entries(room: string, before: number | undefined, limit: number): Promise<Entry[] | undefined> {
    const history = this.history(room);
    if (!history) return undefined;
    return before === undefined ? history.last(limit) : this.#journal.read(room, { before, limit });
  }

  readStats(): Stats {
    return readStats(this.stats.snapshot().context);
  }

  /** Stops every actor where it stands; nobody is told anything. */
  stop(): void {
    this.#sessions.stop();
    this.#rooms.stop();
    this.stats.stop();
  }
}

function startStats(
  machine: typeof statsMachine,
  parts: DirectoryParts,
  living: Living,
  record: StatsRecord,
): Supervised<typeof statsMachine> {
  const { clock, gauges, crashed } = parts;
  return supervise({
    name: 'stats',
    living,
    machine,
    clock,
    crashed,
    ended: () => {},
    input: () => ({ record, gauges }),
  });
}
