import type { Party, RecoveredRoom } from '../journal/journal.ts';
import { HISTORY_KEPT } from '../protocol/limits.ts';
import type { Living } from './living.ts';
import type { RoomContext } from './room/context.ts';
import { History } from './room/history.ts';
import type { roomMachine } from './room/machine.ts';
import { PresenceChanges } from './room/presence-changes.ts';
import { type Member, Roster } from './room/roster.ts';
import { SortedList } from './sorted-list.ts';
import { type Crash, type Supervised, supervise } from './supervise.ts';
import type { World } from './world.ts';

type RoomActor = Supervised<typeof roomMachine>;

interface Seat {
  readonly name: string;
  readonly actor: RoomActor;
}

type Possessions = Pick<RoomContext, 'roster' | 'history' | 'changes' | 'arriving' | 'founding'>;

/** The living rooms, by name and in the order of their names; each is an actor under supervision. */
export class Rooms {
  readonly #machine: typeof roomMachine;
  readonly #world: World;
  readonly #living: Living;
  readonly #crashed: (crash: Crash) => void;
  readonly #byName = new Map<string, Seat>();
  readonly #sorted = new SortedList<Seat>();

  constructor(
    machine: typeof roomMachine,
    world: World,
    parts: { living: Living; crashed: (crash: Crash) => void },
  ) {
    this.#machine = machine;
    this.#world = world;
    this.#living = parts.living;
    this.#crashed = parts.crashed;
  }

  get size(): number {
    return this.#byName.size;
  }

  get(name: string): RoomActor | undefined {
    return this.#byName.get(name)?.actor;
  }

  context(name: string): RoomContext | undefined {
    return this.get(name)?.snapshot().context;
  }

  /** The contexts of the first `limit` rooms with a name behind `after`. */
  page(after: string | undefined, limit: number): RoomContext[] {
    return this.#sorted.page(after, limit).map(({ actor }) => actor.snapshot().context);
  }

  names(limit: number): string[] {
    return this.#sorted.page(undefined, limit).map(({ name }) => name);
  }

  /** @param founder whose join creates it */
  start(name: string, founder: Party): RoomActor {
    const createdAt = this.#world.clock.now() / 1000;
    return this.#seat({ name, founder, createdAt }, blank);
  }

  /** Has a room of an earlier life of the server go on, with its members. */
  restore(room: RecoveredRoom, members: Iterable<Member>): RoomActor {
    const roster = new Roster(members);
    return this.#seat(room, () => ({
      ...blank(),
      roster,
      history: this.#journalled(room.name),
      founding: { isCommitted: true },
    }));
  }

  stop(): void {
    for (const { actor } of this.#byName.values()) actor.stop();
  }

  #seat({ name, founder, createdAt }: RecoveredRoom, possessions: () => Possessions): RoomActor {
    const { clock } = this.#world;
    const actor = supervise({
      name: `room:${name}`,
      living: this.#living,
      machine: this.#machine,
      clock,
      crashed: this.#crashed,
      ended: () => this.#forget(name),
      input: (self, last) => {
        const base = { name, founder, createdAt, self, world: this.#world };
        return last ? { ...base, ...this.#recovered(last.context) } : { ...base, ...possessions() };
      },
    });
    const seat: Seat = { name, actor };
    this.#byName.set(name, seat);
    this.#sorted.add(seat);
    return actor;
  }

  /** A crashed room's members are still there; its history is what the journal says it is. */
  #recovered({ name, roster, changes, arriving, founding }: RoomContext): Possessions {
    // A timer dies with its actor. Not an action: those of a first state run only after the guards and entries
    // that would go by it.
    changes.isScheduled = false;
    return { roster: new Roster(roster), history: this.#journalled(name), changes, arriving, founding };
  }

  #journalled(name: string): History {
    return new History(() => this.#world.journal.recent(name, HISTORY_KEPT));
  }

  #forget(name: string): void {
    const seat = this.#byName.get(name);
    if (!seat) return;
    this.#byName.delete(name);
    this.#sorted.delete(seat);
  }
}

/** What a new room has; the journal may still hold entries of one of the same name that is being deleted. */
function blank(): Possessions {
  const history = new History(() => []);
  const founding = { isCommitted: false };
  return {
    roster: new Roster(),
    history,
    changes: new PresenceChanges(),
    arriving: new Set<Member>(),
    founding,
  };
}
