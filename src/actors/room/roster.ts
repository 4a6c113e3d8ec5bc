import { type SharedTail, usersTail } from '../../protocol/encode.ts';
import type { User } from '../../protocol/entities.ts';
import { WHOLE_LIST_MAX } from '../../protocol/limits.ts';
import type { Outbox } from '../outbox.ts';
import type { SessionRef } from '../session/events.ts';
import { SortedList } from '../sorted-list.ts';

/** A user in a room. Whether they are away is their outbox's to say, so it cannot be said wrong here. */
export interface Member {
  readonly id: string;
  name: string;
  typing: boolean;
  readonly outbox: Outbox;
  readonly session: SessionRef;
}

/**
 * The members of one room, by id and by name. It is changed in place: a copy a join would make a room of
 * 10,000 unusable.
 */
export class Roster {
  readonly #byId = new Map<string, Member>();
  readonly #byName = new SortedList<Member>();
  #first: FirstUsers | undefined;

  constructor(members: Iterable<Member> = []) {
    for (const member of members) this.add(member);
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): Member | undefined {
    return this.#byId.get(id);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  add(member: Member): void {
    this.#byId.set(member.id, member);
    this.#byName.add(member);
  }

  delete(member: Member): void {
    this.#byId.delete(member.id);
    this.#byName.delete(member);
  }

  rename(member: Member, name: string): void {
    this.#byName.delete(member);
    member.name = name;
    this.#byName.add(member);
  }

  /** As others see them: sorted by name, from behind `after` on. */
  users(limit: number, after?: string): User[] {
    return this.#byName.page(after, limit).map(asUser);
  }

  /** The first members, for those who come into a large room, all of whom are given the same. */
  firstUsersTail(): SharedTail {
    this.#first ??= new FirstUsers();
    return this.#first.tail(this.#byName.page(undefined, WHOLE_LIST_MAX));
  }

  [Symbol.iterator](): Iterator<Member> {
    return this.#byId.values();
  }

  toJSON(): object {
    return { members: this.size, names: this.#byName.page(undefined, 20).map(({ name }) => name) };
  }
}

export function asUser({ id, name, typing, outbox }: Member): User {
  return { id, name, typing, status: outbox.isOpen ? 'online' : 'away' };
}

/** The text of a room's first members, made anew only when one of them has changed: to look costs a fiftieth. */
class FirstUsers {
  #users: readonly User[] = [];
  #tail = usersTail([]);

  tail(members: readonly Member[]): SharedTail {
    const isSame =
      members.length === this.#users.length &&
      members.every((member, i) => isShownAs(member, this.#users[i] as User));
    if (!isSame) {
      this.#users = members.map(asUser);
      this.#tail = usersTail(this.#users);
    }
    return this.#tail;
  }
}

function isShownAs({ id, name, typing, outbox }: Member, user: User): boolean {
  return (
    id === user.id &&
    name === user.name &&
    typing === user.typing &&
    outbox.isOpen === (user.status === 'online')
  );
}
