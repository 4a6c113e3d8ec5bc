// @ts-check
import { memory } from './memory.js';
import { lineOf, notice, Room } from './room.js';

/** @import { ClientFrame } from '../src/protocol/client-frames.ts' */
/** @import { ServerFrame, ServerFrameOf, ServerFrameType } from '../src/protocol/server-frames.ts' */
/** @import { User } from '../src/protocol/entities.ts' */
/** @import { Chat } from './chat.js' */
/** @import { State } from './state.js' */

/** Entries that come with a join at most: fewer are all there are. */
const HISTORY_ON_JOIN = 50;

/** The `ref` of every `typing` frame: nothing answers them, and an error about one would interest nobody. */
export const TYPING_REF = 'typing';

/**
 * Applies a frame to what the page shows.
 * @param {Chat} chat
 * @param {ServerFrame} frame
 * @param {ClientFrame | undefined} asked the frame of this page that it answers
 */
export function applyFrame(chat, frame, asked) {
  const apply = /** @type {Renderer<any> | undefined} */ (renderers[frame.type]);
  // A newer server may say more than this page understands.
  apply?.(chat, frame, asked);
}

/**
 * @template {ServerFrameType} T
 * @typedef {(chat: Chat, frame: ServerFrameOf<T>, asked: ClientFrame | undefined) => void} Renderer
 */

/**
 * One renderer for each frame of the protocol; `tsc` names the one that was forgotten.
 * @type {{ [T in ServerFrameType]: Renderer<T> }}
 */
const renderers = {
  connected(chat, frame) {
    const { state } = chat;
    const isComingBack = state.phase === 'in';
    identify(state, frame);
    if (!isComingBack) return;
    state.activeRoom?.add(notice('This is a new session: the server had let go of the last one.'));
    chat.rejoinRooms();
  },

  resumed(chat, frame) {
    const { state } = chat;
    const hadSeenSome = state.lastId > 0;
    identify(state, frame);
    for (const name of state.joined.keys()) if (!frame.rooms.includes(name)) state.joined.delete(name);
    for (const name of frame.rooms) state.enter(name).stale = true;
    for (const [name, entries] of Object.entries(frame.missedMessages)) {
      for (const entry of entries) receive(state, state.enter(name), lineOf(entry), hadSeenSome);
    }
    if (hadSeenSome && !frame.recovered) {
      state.activeRoom?.add(notice('More was said while you were away than could be brought back.'));
    }
    chat.resendUnanswered();
    chat.openRoom(frame.rooms.includes(state.active) ? state.active : firstRoom(state));
  },

  joined(chat, { room: name, history, users, count }, asked) {
    const { state } = chat;
    const isNew = !state.joined.has(name);
    const room = state.enter(name);
    for (const entry of history) receive(state, room, lineOf(entry), false);
    room.setUsers(users, count);
    room.hasEarlier = history.length >= HISTORY_ON_JOIN;
    state.directory.set(name, count);
    // Another tab may have asked for it: then this one stays where it is.
    if (!state.activeRoom || (isNew && asked)) chat.openRoom(name);
  },

  left(chat, { room }) {
    const { state } = chat;
    state.joined.delete(room);
    if (state.active === room) chat.openRoom(firstRoom(state));
  },

  message({ state }, { room, id, from, text, ts }) {
    receive(state, state.enter(room), { id, kind: 'message', from, text, ts });
  },

  action({ state }, { room, id, from, text, ts }) {
    receive(state, state.enter(room), { id, kind: 'action', from, text, ts });
  },

  system({ state }, { room, text }) {
    (state.joined.get(room) ?? state.activeRoom)?.add(notice(text, 'answer'));
  },

  user_joined({ state }, frame) {
    setUsers(state, frame)?.add(notice(`${frame.user} joined`));
  },

  user_left({ state }, frame) {
    setUsers(state, frame)?.add(notice(`${frame.user} left`));
  },

  nick_changed({ state }, { old_name, new_name, room, users, count }) {
    if (room === undefined) {
      renameMe(state, old_name, new_name);
    } else if (users && count !== undefined) {
      setUsers(state, { room, users, count })?.add(notice(`${old_name} is now ${new_name}`));
    }
  },

  presence({ state }, frame) {
    state.joined.get(frame.room)?.applyPresence(frame);
    state.setCount(frame.room, frame.count);
  },

  typing({ state }, { room, user, typing }) {
    state.joined.get(room)?.setTyping(user, typing);
  },

  pm({ state }, { id, from, text, ts }) {
    receivePrivate(state, { id, kind: 'private', from, to: state.me.name, text, ts });
  },

  pm_sent({ state }, { id, to, text, ts }) {
    receivePrivate(state, { id, kind: 'private', from: state.me.name, to, text, ts });
  },

  room_list({ state }, { rooms }) {
    for (const { name, users } of rooms) state.setCount(name, users);
    const list = rooms.map(({ name, users }) => `${name} (${users})`);
    state.activeRoom?.add(notice(`${rooms.length} rooms: ${list.join(', ')}`, 'answer'));
  },

  user_list({ state }, { room: name, users, count }, asked) {
    const room = state.joined.get(name);
    if (asked?.type === 'get_users' && asked.after !== undefined) {
      room?.addUsersPage(users, count);
      return;
    }
    room?.setUsers(users, count);
    state.setCount(name, count);
    if (asked?.type !== 'message') return;
    const more = count > users.length ? ` and ${count - users.length} more` : '';
    const text = `${count} in ${name}: ${users.map(describeUser).join(', ')}${more}`;
    state.activeRoom?.add(notice(text, 'answer'));
  },

  history({ state }, { room: name, messages }, asked) {
    const room = state.joined.get(name);
    if (!room) return;
    const limit = asked?.type === 'get_history' ? asked.limit : undefined;
    room.hasEarlier = messages.length >= (limit ?? 1);
    for (const entry of messages) room.add(lineOf(entry));
  },

  ack() {
    // Whoever posted waits for it at the connection; the line itself came before it, as a frame.
  },

  error({ state }, { message, ref }, asked) {
    if (ref === TYPING_REF || asked?.type === 'get_users' || asked?.type === 'get_history') return;
    state.errors[asked?.type === 'join' ? 'room' : 'composer'] = message;
  },

  ping(chat, { ts }) {
    chat.connection.send({ type: 'pong', ts });
  },

  pong() {
    // The server is alive: any frame says that, and the connection has noticed.
  },
};

/**
 * @param {State} state
 * @param {ServerFrameOf<'connected'> | ServerFrameOf<'resumed'>} frame
 */
function identify(state, frame) {
  state.phase = 'in';
  state.me = { id: frame.user_id, name: frame.name };
  memory.session.set(frame.session_id);
  memory.name.set(frame.name);
}

/**
 * @param {State} state
 * @param {Room} room
 * @param {import('./room.js').Line} line
 * @param {boolean} [isNews] counts as unread
 */
function receive(state, room, line, isNews = true) {
  state.sawId(line.id ?? 0);
  if (!room.add(line)) return;
  const isRead = room.name === state.active && !document.hidden;
  if (isNews && !isRead && line.from !== state.me.name) room.unread++;
}

/**
 * Private messages belong to no room: they are shown in the one that is open when they come.
 * @param {State} state
 * @param {import('./room.js').Line} line
 */
function receivePrivate(state, line) {
  const room = state.activeRoom ?? state.enter(firstRoom(state));
  receive(state, room, line);
}

/**
 * @param {State} state
 * @param {{ room: string, users: User[], count: number }} list
 */
function setUsers(state, { room: name, users, count }) {
  state.setCount(name, count);
  const room = state.joined.get(name);
  room?.setUsers(users, count);
  return room;
}

/**
 * @param {State} state
 * @param {string} oldName
 * @param {string} newName
 */
function renameMe(state, oldName, newName) {
  state.me = { ...state.me, name: newName };
  memory.name.set(newName);
  const renamed = [{ id: state.me.id, old_name: oldName, new_name: newName }];
  for (const room of state.joined.values()) {
    room.applyPresence({ joined: [], left: [], renamed, count: room.count });
  }
  const words = oldName === newName ? `You are ${newName}` : `You are now ${newName}`;
  state.activeRoom?.add(notice(words));
}

/** @param {State} state */
function firstRoom(state) {
  return state.joined.keys().next().value ?? '';
}

/** @param {User} user */
function describeUser({ name, status }) {
  return status === 'away' ? `${name} (away)` : name;
}
