import type { User } from '../../src/protocol/entities.ts';
import { foldName } from '../../src/protocol/names.ts';

/** Who is in a room, as one client has been told: each telling must fit what was told before. */
export class Membership {
  /** Entries up to this id were told on joining or lie before the cursor. */
  readonly start: number;
  readonly received = new Set<number>();
  /** Whether they are typing, by name; undefined while the client could not know. */
  members: Map<string, boolean> | undefined;
  readonly #room: string;
  readonly #complain: (what: string) => void;

  constructor(room: string, start: number, complain: (what: string) => void) {
    this.#room = room;
    this.start = start;
    this.#complain = complain;
  }

  /**
   * Takes a whole list over.
   * @param expected the names that must be in it
   * @param self whose own typing is not told to them
   */
  replace(users: User[], count: number, self: string, expected?: Iterable<string>): void {
    const names = users.map(({ name }) => name);
    if (count !== users.length) this.#complain(`${count} users in a list of ${users.length}`);
    checkList(users, (what) => this.#complain(`${what} in ${this.#room}`));
    if (expected && !sameSet(names, [...expected])) {
      this.#complain(`the members of ${this.#room} should be ${[...expected].sort()} and are ${names}`);
    }
    for (const { name, typing } of users) {
      const told = this.members?.get(name);
      if (told !== undefined && told !== typing && name !== self) {
        this.#complain(`${name} in ${this.#room} was told as typing: ${told}, and is listed as ${typing}`);
      }
    }
    this.members = new Map(users.map(({ name, typing }) => [name, typing]));
  }

  with(name: string): Set<string> | undefined {
    if (this.members?.has(name)) this.#complain(`${name} joined ${this.#room} twice`);
    return this.members && new Set([...this.members.keys(), name]);
  }

  without(name: string): Set<string> | undefined {
    if (this.members && !this.members.has(name))
      this.#complain(`${name} left ${this.#room} without being there`);
    return this.members && new Set([...this.members.keys()].filter((each) => each !== name));
  }

  rename(before: string, after: string): void {
    if (!this.members) return;
    const typing = this.members.get(before);
    if (typing === undefined) this.#complain(`${before} is renamed in ${this.#room} without being there`);
    this.members.delete(before);
    if (this.members.has(after)) this.#complain(`two in ${this.#room} are called ${after}`);
    this.members.set(after, typing ?? false);
  }

  type(name: string, typing: boolean): void {
    if (!this.members) return;
    if (!this.members.has(name)) this.#complain(`${name} types in ${this.#room} without being there`);
    else this.members.set(name, typing);
  }
}

/** Every list of users is sorted by name and has each name and each user once. */
export function checkList(users: User[], complain: (what: string) => void): void {
  const names = users.map(({ name }) => name);
  if (names.some((name, i) => i > 0 && name < (names[i - 1] as string))) complain(`${names} are not sorted`);
  if (new Set(names.map(foldName)).size < names.length) complain(`${names} are not unique`);
  if (new Set(users.map(({ id }) => id)).size < users.length) complain(`a user is twice among ${names}`);
}

function sameSet(one: string[], other: string[]): boolean {
  return one.length === other.length && new Set([...one, ...other]).size === one.length;
}
