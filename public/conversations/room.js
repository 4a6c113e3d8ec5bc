// @ts-check
import { Conversation } from './conversation.js';

/** @import { User } from '../../src/protocol/entities.ts' */
/** @import { ServerFrameOf } from '../../src/protocol/server-frames.ts' */

/** A room the user is in, as this page knows it. */
export class Room extends Conversation {
  /** @type {User[]} sorted by name */
  users = [];
  count = 0;
  /** The list of users was missed while the connection was away. */
  stale = true;
  /**
   * In a big room the server sends pages of users: this is the last name of those that are here.
   * @type {string | undefined}
   */
  usersUpTo;

  /** @param {string} name */
  constructor(name) {
    super(name, name);
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
   * @returns {boolean} whether that was news
   */
  setTyping(name, typing) {
    if (this.typing.has(name) === typing) return false;
    if (typing) this.typing.add(name);
    else this.typing.delete(name);
    this.users = this.users.map((user) => (user.name === name ? { ...user, typing } : user));
    return true;
  }
}

/**
 * The server's order: by code units.
 * @param {User} a
 * @param {User} b
 */
function byName(a, b) {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
