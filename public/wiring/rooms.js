// @ts-check
import { keyOf } from '../conversations/conversations.js';
import { announce, find, listen } from '../dom.js';
import { RoomList } from '../elements/room-list.js';

/** @import { Chat } from '../chat.js' */

/** @param {Chat} chat */
export function wireRooms(chat) {
  const { store, navigation, rooms } = chat;
  const list = find(document, 'room-list', RoomList);
  const leave = find(document, '#leave-room', HTMLButtonElement);
  store.watch(RoomList.watches, (state) => list.render(state));
  rooms.areListed = () => list.isInSight;
  store.watch(['active', 'connection'], ({ activeRoom, connection }) => {
    leave.hidden = !activeRoom || activeRoom.name === 'general';
    leave.disabled = connection.name !== 'online';
  });

  leave.addEventListener('click', () => {
    rooms.leave(chat.state.activeKey);
    announce(leave, 'composer-focus');
  });
  listen('conversation-choose', async (address) => {
    const key = keyOf(address);
    if (chat.state.conversations.get(key)) navigation.open(key);
    else if (!(await rooms.choose(address))) return;
    announce(list, 'panels-close');
    announce(list, 'composer-focus');
  });
  listen('conversation-close', (address) => {
    if (navigation.close(keyOf(address))) return;
    announce(list, 'panels-close');
    announce(list, 'composer-focus');
  });
  listen('room-create', async (name) => {
    if (!(await rooms.choose(name))) return;
    list.clearInput();
    announce(list, 'panels-close');
    announce(list, 'composer-focus');
  });
}
