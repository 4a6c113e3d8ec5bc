// @ts-check
import { Connection } from './connection.js';
import { Feed } from './feed.js';
import { applyFrame, TYPING_REF } from './frames.js';
import { memory } from './memory.js';
import { State } from './state.js';

/** @import { ConnectionStatus } from './connection.js' */

const HISTORY_PAGE = 50;
const USERS_PAGE = 100;

/** Why the session is over, by close code, for the one who sees the form again. */
const farewells = /** @type {Record<number, string>} */ ({
  1008: 'The server closed the connection: too much was sent too fast.',
  4003: 'This session was ended in another tab.',
});

/** What the user can do, and the one place where the state, the connection and the feed meet. */
export class Chat {
  state = new State();
  #changed;
  /** The room in which the others see us typing. */
  #typingIn = '';

  /** @param {() => void} changed called after each change of the state */
  constructor(changed) {
    this.#changed = changed;
    this.connection = new Connection({
      parameters: () => this.#parameters(),
      frameArrived: (frame, asked) => {
        applyFrame(this, frame, asked);
        changed();
      },
      statusChanged: (status) => this.#follow(status),
    });
    this.feed = new Feed(this.state, changed);
  }

  /** Goes on with the session that this tab had before it was loaded anew, if it had one. */
  resume() {
    if (memory.session.get() === '') return;
    this.state.active = memory.room.get();
    this.enter(memory.name.get());
  }

  /** @param {string} name as whom */
  enter(name) {
    this.state.me = { id: '', name };
    this.state.phase = 'joining';
    this.state.errors.join = '';
    this.connection.open();
  }

  logOut() {
    this.connection.send({ type: 'quit' });
  }

  /**
   * @param {string} text a message, or a command when it begins with `/`
   * @returns {Promise<boolean>} whether the server took it
   */
  async postText(text) {
    this.state.errors.composer = '';
    this.#typingIn = '';
    this.#changed();
    const answer = await this.connection.request({ type: 'message', room: this.state.active, text });
    return answer !== undefined && answer.type !== 'error';
  }

  /**
   * Shows a room that the user is in.
   * @param {string} name
   */
  openRoom(name) {
    if (name !== this.state.active) this.setTyping(false);
    this.state.active = name;
    this.state.errors.composer = '';
    memory.room.set(name);
    this.markRead();
    const room = this.state.activeRoom;
    if (room?.stale) this.connection.request({ type: 'get_users', room: name });
    if (room && room.oldestId === undefined && room.hasEarlier) this.loadEarlier();
    this.#changed();
  }

  /**
   * Enters a room, creating it if need be; the answer opens it.
   * @param {string} name in any writing
   * @returns {Promise<boolean>} whether the server let us
   */
  async joinRoom(name) {
    this.state.errors.room = '';
    this.#changed();
    const answer = await this.connection.request({ type: 'join', room: name });
    return answer?.type === 'joined';
  }

  leaveRoom() {
    this.connection.request({ type: 'leave', room: this.state.active });
  }

  /** @param {boolean} typing in the open room */
  setTyping(typing) {
    const room = typing ? this.state.active : this.#typingIn;
    this.#typingIn = typing ? room : '';
    if (room) this.connection.send({ type: 'typing', room, typing, ref: TYPING_REF });
  }

  loadEarlier() {
    const room = this.state.activeRoom;
    if (!room) return;
    const before = room.oldestId;
    this.connection.request({
      type: 'get_history',
      room: room.name,
      limit: HISTORY_PAGE,
      ...(before !== undefined && { before }),
    });
  }

  loadMoreUsers() {
    const room = this.state.activeRoom;
    if (!room) return;
    const { name, usersUpTo: after } = room;
    this.connection.request({ type: 'get_users', room: name, limit: USERS_PAGE, ...(after && { after }) });
  }

  markRead() {
    const room = this.state.activeRoom;
    if (!room || room.unread === 0 || document.hidden) return;
    room.unread = 0;
    this.#changed();
  }

  resendUnanswered() {
    this.connection.resendUnanswered();
  }

  /** After the server has forgotten us: back into the rooms we were in, one after the other. */
  async rejoinRooms() {
    const { state } = this;
    for (const name of state.joined.keys()) {
      if (name === 'general') continue; // The server puts everybody there.
      const answer = await this.#joinPatiently(name);
      if (answer === undefined) return; // Gone again: the next connection goes on from here.
      if (answer.type === 'error' && answer.code !== 'already_in_room') state.joined.delete(name);
    }
    if (!state.activeRoom) this.openRoom('general');
    this.resendUnanswered();
  }

  /** @param {string} room */
  async #joinPatiently(room) {
    for (;;) {
      const answer = await this.connection.request({ type: 'join', room });
      if (answer?.type !== 'error') return answer;
      this.state.errors.room = '';
      if (answer.code !== 'rate_limited') return answer;
      const seconds = answer.retry_after ?? 1;
      await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    }
  }

  #parameters() {
    const session = memory.session.get();
    const { me, lastId } = this.state;
    return { name: me.name, ...(session && { session, lastMsgId: String(lastId) }) };
  }

  /** @param {ConnectionStatus} status */
  #follow(status) {
    this.state.connection = status;
    if (status.name === 'online') this.feed.open();
    else this.feed.close();
    if (status.name === 'ended') this.#forget(status.code);
    this.#changed();
  }

  /** @param {number} code of the close that ended the session */
  #forget(code) {
    const { name } = this.state.me;
    memory.session.set('');
    memory.room.set('');
    Object.assign(this.state, new State(), { connection: { name: 'idle' }, me: { id: '', name } });
    this.state.errors.join = farewells[code] ?? '';
  }
}
