// @ts-check
import { TYPING_REF } from '../acts/posts.js';
import { lineOf, notice } from '../conversations/line.js';
import { marked } from './receive.js';

/** @import { User } from '../../src/protocol/entities.ts' */
/** @import { Renderers } from './frames.js' */

/** The frames that answer a question of this page, and the heartbeat. */
export const answerFrames = /** @satisfies {Partial<Renderers>} */ ({
  /** @type {Renderers['room_list']} */
  room_list({ state, store }, { rooms }) {
    for (const { name, users } of rooms) state.setCount(name, users);
    const list = rooms.map(({ name, users }) => `${name} (${users})`);
    state.active?.add(notice(`${rooms.length} rooms: ${list.join(', ')}`, 'answer'));
    store.changed('directory', 'entries');
  },

  /** @type {Renderers['user_list']} */
  user_list({ state, store }, { room: name, users, count }, asked) {
    const room = state.conversations.room(name);
    if (asked?.type === 'get_users' && asked.after !== undefined) room?.addUsersPage(users, count);
    else room?.setUsers(users, count);
    state.setCount(name, count);
    store.changed('people', 'directory');
    if (asked?.type !== 'message') return;
    const more = count > users.length ? ` and ${count - users.length} more` : '';
    const text = `${count} in ${name}: ${users.map(describeUser).join(', ')}${more}`;
    state.active?.add(notice(text, 'answer'));
    store.changed('entries');
  },

  /** @type {Renderers['history']} */
  history({ state, store }, { room: name, messages }, asked) {
    const room = state.conversations.room(name);
    if (!room) return;
    const limit = asked?.type === 'get_history' ? asked.limit : undefined;
    room.hasEarlier = messages.length >= (limit ?? 1);
    for (const entry of messages) room.add(marked(lineOf(entry), state.me.name));
    store.changed('entries');
  },

  /** @type {Renderers['error']} */
  error({ state, store }, { message, ref }, asked) {
    // Whoever asked tells of it, in the place where it was asked.
    if (asked !== undefined || ref === TYPING_REF) return;
    state.errors.composer = message;
    store.changed('errors');
  },

  /** @type {Renderers['ping']} */
  ping({ connection }, { ts }) {
    connection.send({ type: 'pong', ts });
  },

  pong() {
    // The server is alive: any frame says that, and the line has noticed.
  },
});

/** @param {User} user */
function describeUser({ name, status }) {
  return status === 'away' ? `${name} (away)` : name;
}
