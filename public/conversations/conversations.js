// @ts-check
import { memory } from '../memory.js';
import { Conversation } from './conversation.js';
import { Room } from './room.js';

/** In names. */
const FORBIDDEN = /[^\p{L}\p{M}\p{Nd}_-]/gu;
/** Code points. */
const ROOM_NAME_MAX = 30;

/** All that the user talks in, by key: the rooms they are in and their private exchanges. */
export class Conversations {
  /** @type {Map<string, Conversation>} */
  #byKey = new Map();

  /** @returns {Conversation[]} rooms and private ones, in the order they came */
  get all() {
    return [...this.#byKey.values()];
  }

  /** @returns {Room[]} */
  get rooms() {
    return this.all.filter((each) => each instanceof Room);
  }

  /** Those that the user has not closed. */
  get privates() {
    return this.all.filter((each) => each.isPrivate && each.closedUpTo === undefined);
  }

  /** @param {string} key */
  get(key) {
    return this.#byKey.get(key);
  }

  /** @param {string} name of a room @returns {Room | undefined} */
  room(name) {
    const found = this.#byKey.get(name);
    return found instanceof Room ? found : undefined;
  }

  /** The room of that name, from now on one that the user is in. @param {string} name */
  enter(name) {
    return this.room(name) ?? this.#keep(new Room(name));
  }

  /** The private exchange with a person. @param {string} name */
  with(name) {
    const key = keyOf(`@${name}`);
    return this.#byKey.get(key) ?? this.#keep(new Conversation(key, name));
  }

  /** @param {string} key */
  remove(key) {
    this.#byKey.delete(key);
  }

  /**
   * Someone is called differently from now on, and so is what one has with them.
   * @param {string} oldName
   * @param {string} newName
   * @returns {Conversation | undefined} the one that moved
   */
  rename(oldName, newName) {
    const old = this.#byKey.get(keyOf(`@${oldName}`));
    if (!old) return undefined;
    this.#byKey.delete(old.key);
    const target = this.#byKey.get(keyOf(`@${newName}`));
    if (!target) {
      old.key = keyOf(`@${newName}`);
      old.name = newName;
      this.#byKey.set(old.key, old);
      return old;
    }
    for (const line of old.lines) target.add(line);
    target.unread += old.unread;
    if (old.closedUpTo === undefined) target.closedUpTo = undefined;
    return target;
  }

  /** What must outlive a reload. */
  remember() {
    memory.rooms.set(this.rooms.map(({ name }) => name));
    memory.marks.set(
      Object.fromEntries(
        this.all.map(({ key, readUpTo, closedUpTo, draft }) => [key, { readUpTo, closedUpTo, draft }]),
      ),
    );
  }

  /**
   * @template {Conversation} C
   * @param {C} conversation
   */
  #keep(conversation) {
    const { readUpTo, closedUpTo, draft = '' } = memory.marks.get()[conversation.key] ?? {};
    conversation.readUpTo = readUpTo;
    conversation.closedUpTo = closedUpTo;
    conversation.draft = draft;
    this.#byKey.set(conversation.key, conversation);
    return conversation;
  }
}

/** The key of what people write in one way or another. @param {string} address such as `attic` or `@Bob` */
export function keyOf(address) {
  return address.startsWith('@') ? address.toLowerCase() : roomKeyOf(address);
}

/** The same of a room, which the server brings into one form in `src/protocol/names.ts`. @param {string} raw */
export function roomKeyOf(raw) {
  const name = raw.normalize('NFKC').toLowerCase().normalize('NFKC').replace(FORBIDDEN, '_');
  return [...name].slice(0, ROOM_NAME_MAX).join('');
}
