// @ts-check
/** @import { Line } from './line.js' */

/** Lines that one conversation keeps on the page; the oldest go first. */
const LINES_KEPT = 10_000;
/** Lines that go at a time, so that a full log is not cut anew with each line. */
const LINES_DROPPED = 500;

/**
 * Something one talks in: a room, or the private exchange with a person. Its `key` is how the page and its URL call it:
 * `attic`, `@bob`.
 */
export class Conversation {
  /** @type {Line[]} what is stored, in id order, the page's own lines where they fell */
  lines = [];
  /** Grows with every change of `lines`. */
  revision = 0;
  unread = 0;
  /** Someone named the user in what is unread; any private message does. */
  isMentioned = false;
  /**
   * Where the line goes that marks what is new: stays until the user has looked and turned away.
   * @type {number | undefined}
   */
  firstUnreadId;
  /**
   * The newest id that the user has seen here.
   * @type {number | undefined}
   */
  readUpTo;
  /**
   * The user has taken it off the list; what comes after this id brings it back.
   * @type {number | undefined}
   */
  closedUpTo;
  /** What is written in the composer and not sent. */
  draft = '';
  /** @type {Set<string>} names of others who are typing */
  typing = new Set();
  /** Entries older than the first line may exist. */
  hasEarlier = false;
  /** @type {Set<number>} */
  #seen = new Set();

  /**
   * @param {string} key
   * @param {string} name as people write it
   */
  constructor(key, name) {
    this.key = key;
    this.name = name;
  }

  get isPrivate() {
    return this.key.startsWith('@');
  }

  /** As the URL and people call it: `attic`, `@Bob`. */
  get address() {
    return this.isPrivate ? `@${this.name}` : this.name;
  }

  /** The id of the oldest entry, with which to ask for earlier ones. */
  get oldestId() {
    return this.lines.find((line) => line.id !== undefined)?.id;
  }

  get newestId() {
    return this.lines.findLast((line) => line.id !== undefined)?.id;
  }

  /** @param {number} id */
  has(id) {
    return this.#seen.has(id);
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
      if (id > (this.closedUpTo ?? Infinity)) this.closedUpTo = undefined;
      this.lines.splice(this.#placeOf(id), 0, line);
    }
    this.revision++;
    return true;
  }

  /** Puts a changed line in the place of the one with its id. @param {Line} line */
  replace(line) {
    const place = this.lines.findLastIndex((each) => each.id === line.id);
    if (place < 0) return;
    this.lines[place] = line;
    this.revision++;
  }

  /** Counts a line that nobody has looked at. @param {Line} line */
  countUnread({ id, mentionsMe }) {
    if (this.unread === 0) this.firstUnreadId = id;
    this.unread++;
    if (mentionsMe || this.isPrivate) this.isMentioned = true;
  }

  /** @returns {boolean} whether there was something unread */
  markRead() {
    this.readUpTo = this.newestId ?? this.readUpTo;
    const hadUnread = this.unread > 0;
    this.unread = 0;
    this.isMentioned = false;
    return hadUnread;
  }

  /** Takes it off the list; its lines and its draft stay. */
  close() {
    this.markRead();
    this.closedUpTo = this.newestId ?? 0;
  }

  /** The user turns away: what was new to them no longer is. */
  leaveBehind() {
    if (this.unread === 0) this.firstUnreadId = undefined;
  }

  /** What comes next does not join on to what is here: between them lies what nobody has read. */
  startAnew() {
    this.lines = [];
    this.#seen.clear();
    this.hasEarlier = true;
    this.revision++;
  }

  /** Lets go of the oldest lines. Not done while someone reads backwards: that would undo the reading. */
  forgetOldest() {
    if (this.lines.length <= LINES_KEPT) return;
    for (const { id } of this.lines.splice(0, this.lines.length - LINES_KEPT + LINES_DROPPED)) {
      if (id !== undefined) this.#seen.delete(id);
    }
    this.hasEarlier = !this.isPrivate;
    this.revision++;
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
