// @ts-check
import { roomKeyOf } from '../conversations/conversations.js';
import { Room } from '../conversations/room.js';
import { LOBBY } from './navigation.js';

/** @import { Chat } from '../chat.js' */
/** @import { Conversation } from '../conversations/conversation.js' */

const HISTORY_PAGE = 50;
const USERS_PAGE = 100;
/** Characters shown of what cannot be a name. */
const NAME_SHOWN = 30;

/** What the user can do about rooms. */
export class Rooms {
  #chat;
  /**
   * The rooms that the server has been asked to let us into, by key: once, however often one clicks.
   * @type {Map<string, Promise<string>>}
   */
  #entering = new Map();
  /** Whether the list of rooms is in sight: on a phone it is in a drawer. */
  areListed = () => true;

  /** @param {Chat} chat */
  constructor(chat) {
    this.#chat = chat;
  }

  /**
   * Enters a room, creating it if need be, and shows it unless the user has turned elsewhere meanwhile.
   * @param {string} name in any writing
   * @param {'push' | 'replace'} how the URL comes to name it
   * @returns {Promise<string>} what stands against it, in words; empty when the user is in
   */
  async join(name, how = 'push') {
    const { navigation } = this.#chat;
    const isLatest = navigation.setOut();
    const key = roomKeyOf(name);
    const entering = this.#entering.get(key) ?? this.#enter(name, key);
    this.#entering.set(key, entering);
    const refusal = await entering;
    this.#entering.delete(key);
    if (refusal === '' && isLatest()) navigation.open(key, how);
    return refusal;
  }

  /** The same, with what stands against it told where one looks. @param {string} name */
  async choose(name) {
    this.#complain('');
    const refusal = await this.join(name);
    this.#complain(refusal);
    return refusal === '';
  }

  /** @param {string} name */
  async leave(name) {
    const answer = await this.#chat.connection.requestPatiently({ type: 'leave', room: name });
    // Left already, by a double click or in another tab, is left.
    if (answer?.type === 'error' && answer.code !== 'not_in_room') this.#complain(answer.message);
  }

  /**
   * After the server has forgotten us: back into the rooms we were in, one after the other.
   * @param {string[]} names
   * @returns {Promise<boolean>} false when the connection went again meanwhile
   */
  async rejoin(names) {
    const { state, store, connection } = this.#chat;
    for (const room of names) {
      if (room === LOBBY) continue; // The server puts everybody there.
      const answer = await connection.requestPatiently({ type: 'join', room });
      if (answer === undefined) return false;
      if (answer.type === 'error' && answer.code !== 'already_in_room') state.conversations.remove(room);
    }
    store.changed('conversations');
    return true;
  }

  /** Asks for what of a conversation is missing or out of date. @param {Conversation} conversation */
  refresh(conversation) {
    if (!(conversation instanceof Room)) return;
    if (conversation.stale) {
      this.#chat.connection.requestPatiently({ type: 'get_users', room: conversation.name });
    }
    if (conversation.oldestId === undefined && conversation.hasEarlier) this.loadEarlier();
  }

  /** Asks who of the shown room is away: the server tells it only to those who ask. */
  refreshPeople() {
    const room = this.#chat.state.activeRoom;
    // Of a big room only a part is listed, which one may have gone on reading from.
    if (!room || room.usersUpTo !== undefined || document.hidden) return;
    this.#chat.connection.requestPatiently({ type: 'get_users', room: room.name, limit: USERS_PAGE });
  }

  /** @returns {Promise<void>} when the entries before the first line of the shown room are here */
  async loadEarlier() {
    const room = this.#chat.state.activeRoom;
    if (!room?.hasEarlier) return;
    const before = room.oldestId;
    await this.#chat.connection.requestPatiently({
      type: 'get_history',
      room: room.name,
      limit: HISTORY_PAGE,
      ...(before !== undefined && { before }),
    });
  }

  /** @returns {Promise<void>} */
  async loadMoreUsers() {
    const room = this.#chat.state.activeRoom;
    if (!room) return;
    const { name, usersUpTo: after } = room;
    await this.#chat.connection.requestPatiently({
      type: 'get_users',
      room: name,
      limit: USERS_PAGE,
      ...(after && { after }),
    });
  }

  /** @param {string} name @param {string} key @returns {Promise<string>} what stands against it, in words */
  async #enter(name, key) {
    const { connection, state } = this.#chat;
    if (state.conversations.room(key)) return '';
    const answer = await connection.requestPatiently({ type: 'join', room: key });
    if (answer?.type === 'joined') return '';
    if (answer?.type !== 'error') return 'There is no connection to the server.';
    return answer.code === 'bad_name' ? badName(name) : answer.message;
  }

  /** Tells it among the rooms, or in the conversation if that is all that is in sight. @param {string} words */
  #complain(words) {
    const { state, store } = this.#chat;
    const isListed = this.areListed();
    state.errors.room = isListed ? words : '';
    state.errors.composer = isListed ? '' : words;
    store.changed('errors');
  }
}

/** @param {string} name */
function badName(name) {
  return `“${[...name].slice(0, NAME_SHOWN).join('')}” can’t be the name of a room: it takes 2 to 30 letters, digits, “-” or “_”.`;
}
