// @ts-check
import { roomKeyOf } from '../conversations/conversations.js';
import { isCommand, writePost } from '../outbox/post.js';

/** @import { Chat } from '../chat.js' */
/** @import { Conversation } from '../conversations/conversation.js' */

/** The `ref` of every `typing` frame: nothing answers them, and an error about one would interest nobody. */
export const TYPING_REF = 'typing';
/** Code points; the server takes no more. */
export const TEXT_MAX = 2_000;

const JOIN_COMMAND = /^\/join\s+(\S+)$/i;
const PRIVATE_COMMAND = /^\/pm\s+(\S+)\s+(.+)$/is;

/** What the user can write. */
export class Posts {
  #chat;
  /** The room in which the others see us typing. */
  #typingIn = '';

  /** @param {Chat} chat */
  constructor(chat) {
    this.#chat = chat;
  }

  /**
   * Posts to the shown conversation, or has the server carry out a command.
   * @param {string} raw as it was typed
   * @returns {Promise<boolean>} false when it was not taken: then it belongs back into the composer
   */
  async post(raw) {
    const { state } = this.#chat;
    const text = raw.trim();
    if (!state.active || text === '') return false;
    this.#complain('');
    this.#typingIn = '';
    const length = [...text].length;
    if (length > TEXT_MAX)
      return this.#complain(`That is ${length} characters long, ${TEXT_MAX} can be sent.`);

    const [, to, words] = text.match(PRIVATE_COMMAND) ?? [];
    if (to && words) {
      const conversation = state.conversations.with(to);
      this.#send(conversation, words);
      this.#chat.navigation.open(conversation.key);
      return true;
    }
    if (isCommand(text)) return this.#command(text);
    this.#send(state.active, text);
    return true;
  }

  /** Sends again what failed. @param {string} ref */
  retry(ref) {
    this.#chat.outbox.retry(ref);
  }

  /** Gives up what failed. @param {string} ref */
  discard(ref) {
    this.#chat.outbox.discard(ref);
  }

  /** What is in the composer of the shown conversation. @param {string} text */
  keepDraft(text) {
    const { active } = this.#chat.state;
    if (active) active.draft = text;
  }

  /** @param {boolean} typing in the shown room */
  setTyping(typing) {
    const { state, connection } = this.#chat;
    const room = typing ? (state.activeRoom?.name ?? '') : this.#typingIn;
    this.#typingIn = typing ? room : '';
    if (room) connection.send({ type: 'typing', room, typing, ref: TYPING_REF });
  }

  /** @param {Conversation} conversation @param {string} text */
  #send(conversation, text) {
    this.#chat.outbox.add(writePost(conversation, text, this.#chat.state.me.name));
    conversation.draft = '';
    conversation.firstUnreadId = undefined;
    this.#chat.store.changed('entries');
  }

  /** @param {string} text */
  async #command(text) {
    const { state, connection, navigation } = this.#chat;
    const { active } = state;
    const wanted = roomKeyOf(text.match(JOIN_COMMAND)?.[1] ?? '');
    if (state.conversations.room(wanted)) {
      navigation.open(wanted);
      return true;
    }
    const isLatest = navigation.setOut();
    // A command said in private is carried out as if in the first room: it has to be said somewhere.
    const room = state.activeRoom?.name ?? state.conversations.rooms[0]?.name ?? '';
    const answer = await connection.request({ type: 'message', room, text });
    if (answer === undefined) return this.#complain('There is no connection: commands cannot wait for one.');
    if (answer.type === 'joined' && isLatest()) navigation.open(answer.room);
    if (answer.type !== 'error') return true;
    if (state.active === active) return this.#complain(answer.message);
    // The user has turned elsewhere: it waits where it was written.
    if (active) active.draft ||= text;
    return true;
  }

  /** @param {string} words @returns {false} */
  #complain(words) {
    this.#chat.state.errors.composer = words;
    this.#chat.store.changed('errors');
    return false;
  }
}
