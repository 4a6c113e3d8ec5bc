import type { ServerFrameOf } from '../../protocol/server-frames.ts';
import { asUser, type Member, type Roster } from './roster.ts';

type Presence = ServerFrameOf<'presence'>;

/** What is to be told at the end of an interval. */
export interface News {
  /** To the members: the net change; undefined when it came to nothing. */
  readonly all: Presence | undefined;
  /** In its place to those who have seen the members meanwhile, where that makes a difference. */
  readonly forOnlookers: Presence | undefined;
}

interface Change {
  /** The name at the last telling; undefined for one who was not there. */
  readonly before: string | undefined;
  /** The name that they bore last; undefined for one who has just come. */
  last: string | undefined;
  /** How often somebody had looked when it began. */
  readonly looks: number;
  /** Whether somebody may have seen what has changed again since. */
  isSeen: boolean;
}

/**
 * Who came, went and was renamed in a large room since its members were last told. It remembers how things
 * were then, so that what cancels out within the interval is never told at all, but to those who saw it.
 */
export class PresenceChanges {
  /** By user id. */
  readonly #changes = new Map<string, Change>();
  #onlookers: Set<string> | undefined;
  #looks = 0;

  /** Whether the telling at the end of the interval is arranged. */
  isScheduled = false;

  get isEmpty(): boolean {
    return this.#changes.size === 0;
  }

  /** Whether there is an end of the interval just if there is something to tell. */
  get isArranged(): boolean {
    return this.isEmpty !== this.isScheduled;
  }

  /** Those who have been shown the members in the midst of the interval, by user id. */
  get onlookers(): ReadonlySet<string> {
    return this.#onlookers ?? NOBODY;
  }

  /** A user is shown the members as they are, with what has not been told of them. */
  look(userId: string): void {
    if (this.isEmpty) return;
    this.#looks += 1;
    this.#onlookers ??= new Set();
    this.#onlookers.add(userId);
  }

  note(userId: string, nameBefore: string | undefined): void {
    const known = this.#changes.get(userId);
    if (known) {
      known.isSeen = known.looks < this.#looks;
      known.last = nameBefore;
    } else {
      this.#changes.set(userId, { before: nameBefore, last: nameBefore, looks: this.#looks, isSeen: false });
    }
  }

  /**
   * Takes out a user who has gone and is to be told of in another way.
   * @returns the name under which the others know them, undefined when they have not yet been told of them; and
   *   whether an onlooker has seen them
   */
  withdraw({ id, name }: Member): { known: string | undefined; isSeen: boolean } {
    const change = this.#changes.get(id);
    this.#changes.delete(id);
    return change
      ? { known: change.before, isSeen: change.looks < this.#looks }
      : { known: name, isSeen: true };
  }

  /** What has come of it; begins a new interval. */
  take(room: string, roster: Roster): News {
    const all = emptyFrame(room, roster);
    // What comes to nothing, but was seen in between.
    const more = emptyFrame(room, roster);
    for (const [id, { before, last, isSeen }] of this.#changes) {
      const member = roster.get(id);
      const seen = isSeen ? more : undefined;
      if (!member) {
        if (before !== undefined) all.left.push({ id, name: before });
        else if (last !== undefined) seen?.left.push({ id, name: last });
      } else if (before === undefined) {
        all.joined.push(asUser(member));
      } else {
        if (before !== member.name) all.renamed.push({ id, old_name: before, new_name: member.name });
        seen?.joined.push(asUser(member));
      }
    }
    this.#changes.clear();
    this.#onlookers = undefined;
    return {
      all: saysSomething(all) ? all : undefined,
      forOnlookers: saysSomething(more) ? both(all, more) : undefined,
    };
  }

  toJSON(): object {
    return { users: this.#changes.size, isScheduled: this.isScheduled };
  }
}

const NOBODY: ReadonlySet<string> = new Set();

function emptyFrame(room: string, { size }: Roster): Presence {
  return { type: 'presence', room, joined: [], left: [], renamed: [], count: size };
}

function saysSomething({ joined, left, renamed }: Presence): boolean {
  return joined.length + left.length + renamed.length > 0;
}

function both(one: Presence, other: Presence): Presence {
  return { ...one, joined: [...one.joined, ...other.joined], left: [...one.left, ...other.left] };
}
