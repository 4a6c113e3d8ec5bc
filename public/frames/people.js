// @ts-check
import { notice } from '../conversations/line.js';
import { memory } from '../memory.js';
import { route } from '../route.js';

/** @import { User } from '../../src/protocol/entities.ts' */
/** @import { Chat } from '../chat.js' */
/** @import { Renderers } from './frames.js' */

/** The frames about who is in the rooms. */
export const peopleFrames = /** @satisfies {Partial<Renderers>} */ ({
  /** @type {Renderers['user_joined']} */
  user_joined(chat, frame) {
    setUsers(chat, frame)?.add(notice(`${frame.user} joined`));
  },

  /** @type {Renderers['user_left']} */
  user_left(chat, frame) {
    setUsers(chat, frame)?.add(notice(`${frame.user} left`));
  },

  /** @type {Renderers['nick_changed']} */
  nick_changed(chat, { old_name, new_name, room, users, count }) {
    if (room === undefined) {
      renameMe(chat, old_name, new_name);
    } else if (users && count !== undefined) {
      setUsers(chat, { room, users, count })?.add(notice(`${old_name} is now ${new_name}`));
      renameOther(chat, old_name, new_name);
    }
  },

  /** @type {Renderers['presence']} */
  presence(chat, frame) {
    const { state, store } = chat;
    state.conversations.room(frame.room)?.applyPresence(frame);
    state.setCount(frame.room, frame.count);
    for (const { id, old_name, new_name } of frame.renamed) {
      if (id !== state.me.id) renameOther(chat, old_name, new_name);
    }
    store.changed('people', 'directory');
  },

  /** @type {Renderers['typing']} */
  typing({ state, store }, { room, user, typing }) {
    if (state.conversations.room(room)?.setTyping(user, typing)) store.changed('people');
  },
});

/**
 * @param {Chat} chat
 * @param {{ room: string, users: User[], count: number }} list
 */
export function setUsers({ state, store }, { room: name, users, count }) {
  state.setCount(name, count);
  const room = state.conversations.room(name);
  room?.setUsers(users, count);
  store.changed('people', 'directory', 'entries');
  return room;
}

/**
 * @param {Chat} chat
 * @param {string} oldName
 * @param {string} newName
 */
function renameMe({ state, store }, oldName, newName) {
  state.me = { ...state.me, name: newName };
  memory.name.set(newName);
  const renamed = [{ id: state.me.id, old_name: oldName, new_name: newName }];
  for (const room of state.conversations.rooms) {
    room.applyPresence({ joined: [], left: [], renamed, count: room.count });
  }
  const words = oldName === newName ? `You are ${newName}` : `You are now ${newName}`;
  state.active?.add(notice(words));
  store.changed('session', 'people', 'entries');
}

/**
 * A private conversation, what waits to be sent there and the URL follow the one they are with.
 * @param {Chat} chat
 * @param {string} oldName
 * @param {string} newName
 */
function renameOther({ state, store, outbox }, oldName, newName) {
  const oldKey = `@${oldName.toLowerCase()}`;
  const moved = state.conversations.rename(oldName, newName);
  if (!moved) return;
  outbox.readdress(oldKey, moved);
  if (state.activeKey === oldKey) {
    state.activeKey = moved.key;
    route.show(moved.address, 'replace');
  }
  store.changed('active', 'conversations', 'entries');
}
