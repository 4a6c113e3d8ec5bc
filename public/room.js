// @ts-check
/** @import { Entry, User } from '../src/protocol/entities.ts' */
/** @import { ServerFrameOf } from '../src/protocol/server-frames.ts' */

/** Lines that one room keeps on the page; the oldest go first. */
const LINES_KEPT = 1_000;

/**
 * One line of the log. `id` is absent from what is not kept: notices of the page's own, and
 * the answers to commands.
 * @typedef {object} Line
 * @property {number} [id]
 * @property {'message' | 'action' | 'system' | 'private' | 'notice' | 'answer'} kind
 * @property {string} from
 * @property {string} [to] the receiver of a private message
 * @property {string} text
 * @property {number} ts seconds since the epoch
 */

/** A room the user is in, as this page knows it. */
export class Room {
  /** @type {Line[]} in id order, the page's own lines where they fell */
  lines = [];
  /** @type {User[]} sorted by name */
  users = [];
  count = 0;
  unread = 0;
  /** @type {Set<string>} names of others who are typing */
  typing = new Set();
  /** The list of users was missed while the connection was away. */
  stale = true;
  /** Entries older than the first line may exist. */
  hasEarlier = true;
  /**
   * In a big room the server sends pages of users: this is the last name of those that are here.
   * @type {string | undefined}
   */
  usersUpTo;
  /** @type {Set<number>} */
  #seen = new Set();

  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }

  /** The id of the oldest entry, with which to ask for earlier ones. */
  get oldestId() {
    return this.lines.find((line) => line.id !== undefined && line.kind !== 'private')?.id;
  }

  /**
   * Puts a line in its place by id.
   * @param {Line} line
   * @returns {boolean} false when the line is here already
   */
  add(line) {
    const { id } = line;
    if (id === undefined) {
      this.lines.push(line);
    } else {
      if (this.#seen.has(id)) return false;
      this.#seen.add(id);
      this.lines.splice(this.#placeOf(id), 0, line);
    }
    return true;
  }

  /** Lets go of the oldest lines. Not done while someone reads backwards: that would undo the reading. */
  forgetOldest() {
    if (this.lines.length <= LINES_KEPT) return;
    for (const { id } of this.lines.splice(0, this.lines.length - LINES_KEPT)) {
      if (id !== undefined) this.#seen.delete(id);
    }
    this.hasEarlier = true;
  }

  /**
   * Takes a list of users as the server sends it: whole, or the first page of a big room.
   * @param {User[]} users
   * @param {number} count
   */
  setUsers(users, count) {
    this.users = users;
    this.count = count;
    this.stale = false;
    this.usersUpTo = users.length < count ? users.at(-1)?.name : undefined;
    this.typing = new Set(users.filter((user) => user.typing).map((user) => user.name));
  }

  /**
   * @param {User[]} page the users after `usersUpTo`
   * @param {number} count
   */
  addUsersPage(page, count) {
    const known = new Set(page.map((user) => user.id));
    this.users = [...this.users.filter((user) => !known.has(user.id)), ...page].sort(byName);
    this.count = count;
    this.usersUpTo = this.users.length < count ? page.at(-1)?.name : undefined;
  }

  /**
   * Applies the net change that a big room sends instead of lists.
   * @param {Pick<ServerFrameOf<'presence'>, 'joined' | 'left' | 'renamed' | 'count'>} change
   */
  applyPresence({ joined, left, renamed, count }) {
    const users = new Map(this.users.map((user) => [user.id, user]));
    for (const { id, name } of left) {
      users.delete(id);
      this.typing.delete(name);
    }
    for (const { id, old_name, new_name } of renamed) {
      const user = users.get(id);
      if (user) users.set(id, { ...user, name: new_name });
      if (this.typing.delete(old_name)) this.typing.add(new_name);
    }
    for (const user of joined) {
      // Whoever sorts behind the pages that are here comes with their own page.
      if (this.usersUpTo === undefined || user.name <= this.usersUpTo) users.set(user.id, user);
    }
    this.users = [...users.values()].sort(byName);
    this.count = count;
  }

  /**
   * @param {string} name
   * @param {boolean} typing
   */
  setTyping(name, typing) {
    if (typing) this.typing.add(name);
    else this.typing.delete(name);
    this.users = this.users.map((user) => (user.name === name ? { ...user, typing } : user));
  }

  /** @param {number} id */
  #placeOf(id) {
    let place = this.lines.length;
    for (let i = place - 1; i >= 0; i--) {
      const other = this.lines[i]?.id;
      if (other === undefined) continue;
      if (other < id) break;
      place = i;
    }
    return place;
  }
}

/**
 * @param {Entry} entry
 * @returns {Line}
 */
export function lineOf({ id, type, from, text, ts }) {
  return { id, kind: type, from, text, ts };
}

/**
 * A line of the page's own.
 * @param {string} text
 * @param {'notice' | 'answer'} kind
 * @returns {Line}
 */
export function notice(text, kind = 'notice') {
  return { kind, from: '', text, ts: Date.now() / 1_000 };
}

/**
 * The server's order: by code units.
 * @param {User} a
 * @param {User} b
 */
function byName(a, b) {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
