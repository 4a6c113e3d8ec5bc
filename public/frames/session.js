// @ts-check
import { lineOf, notice } from '../conversations/line.js';
import { memory } from '../memory.js';
import { receive } from './receive.js';

/** @import { ServerFrameOf } from '../../src/protocol/server-frames.ts' */
/** @import { Chat } from '../chat.js' */
/** @import { Renderers } from './frames.js' */

/** Entries that come with a join at most: fewer are all there are. */
const HISTORY_ON_JOIN = 50;

/** The frames about one's own session: who one is, and in which rooms. */
export const sessionFrames = /** @satisfies {Partial<Renderers>} */ ({
  /** @type {Renderers['connected']} */
  connected(chat, frame) {
    const { state, hopedFor } = chat;
    const { name } = state.me;
    const rooms = state.conversations.rooms.map((room) => room.name);
    chat.toRejoin = hopedFor === '' ? [] : [...new Set([...rooms, ...memory.rooms.get()])];
    // Another tab was quicker, and has told how the session goes on.
    if (memory.session.get() !== hopedFor) {
      chat.connection.replace();
      return;
    }
    identify(chat, frame);
    if (hopedFor !== '') {
      chat.succession.announce({ lost: hopedFor, found: frame.session_id, isNamesake: frame.name === name });
    }
    if (!state.active) return;
    state.active.add(notice('This is a new session: the server had let go of the last one.'));
    if (frame.name !== name) state.active.add(notice(`You are ${frame.name} now: ${name} is taken.`));
  },

  /** @type {Renderers['resumed']} */
  resumed(chat, frame) {
    const { state } = chat;
    const { conversations } = state;
    const hadSeenSome = state.lastId > 0;
    state.catchUp();
    const isWhole = !hadSeenSome || frame.recovered;
    identify(chat, frame);
    for (const { name } of conversations.rooms) {
      if (!frame.rooms.includes(name) && !chat.toRejoin?.includes(name)) conversations.remove(name);
    }
    for (const name of frame.rooms) {
      const room = conversations.enter(name);
      room.stale = true;
      if (!isWhole) room.startAnew();
    }
    for (const [name, entries] of Object.entries(frame.missedMessages)) {
      const room = conversations.enter(name);
      for (const entry of entries) receive(chat, room, lineOf(entry), hadSeenSome ? 'live' : 'kept');
    }
    if (!isWhole) state.active?.add(notice('More was said while you were away: scroll up for the rest.'));
    if (state.activeKey && !state.active) chat.navigation.fallBack();
    chat.settleIn();
  },

  /** @type {Renderers['joined']} */
  joined(chat, { room: name, history, users, count }, asked) {
    const { state, store } = chat;
    const room = state.conversations.enter(name);
    const isWhole = history.length < HISTORY_ON_JOIN;
    const [oldest] = history;
    if (!isWhole && oldest && (room.newestId ?? Infinity) < oldest.id) room.startAnew();
    for (const entry of history) receive(chat, room, lineOf(entry), 'kept');
    room.readUpTo ??= room.newestId ?? 0;
    room.setUsers(users, count);
    room.hasEarlier = !isWhole && !(oldest && room.oldestId !== undefined && room.oldestId < oldest.id);
    state.directory.set(name, count);
    store.changed('conversations', 'entries', 'people', 'directory');
    // The server puts a new session into its first room unasked: then everything else can begin.
    if (!asked && chat.toRejoin) chat.settleIn();
  },

  /** @type {Renderers['left']} */
  left(chat, { room }) {
    const { state, store } = chat;
    state.conversations.remove(room);
    if (state.activeKey === room) chat.navigation.fallBack();
    store.changed('conversations');
  },
});

/**
 * @param {Chat} chat
 * @param {ServerFrameOf<'connected'> | ServerFrameOf<'resumed'>} frame
 */
function identify({ state, store }, frame) {
  state.phase = 'in';
  state.me = { id: frame.user_id, name: frame.name };
  memory.session.set(frame.session_id);
  memory.name.set(frame.name);
  store.changed('session', 'active', 'entries', 'conversations', 'people');
}
