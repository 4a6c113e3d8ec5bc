// @ts-check
import { Chat } from './chat.js';
import { find } from './dom.js';
import { ConnectionStatus } from './elements/connection-status.js';
import { JoinForm } from './elements/join-form.js';
import { MessageComposer } from './elements/message-composer.js';
import { MessageLog } from './elements/message-log.js';
import { PeopleList } from './elements/people-list.js';
import { RoomList } from './elements/room-list.js';
import { memory } from './memory.js';
import { preparePanels } from './panels.js';
import { toggleTheme } from './theme.js';

// Where the views meet the chat: what a view announces becomes a call, what changes is drawn by all of them.

const joinForm = find(document, 'join-form', JoinForm);
const composer = find(document, 'message-composer', MessageComposer);
const roomList = find(document, 'room-list', RoomList);
const views = [
  joinForm,
  composer,
  roomList,
  find(document, 'connection-status', ConnectionStatus),
  find(document, 'message-log', MessageLog),
  find(document, 'people-list', PeopleList),
];
const main = find(document, 'main', HTMLElement);
const roomTitle = find(document, '#room-title', HTMLElement);
const logOut = find(document, '#log-out', HTMLButtonElement);
const leaveRoom = find(document, '#leave-room', HTMLButtonElement);

/** Milliseconds in which changes are gathered; a timer, since a hidden page draws no frames but has a title. */
const DRAW_AFTER = 16;
/** @type {number | undefined} */
let drawing;

const panels = preparePanels();
const chat = new Chat(() => {
  if (drawing === undefined) drawing = setTimeout(draw, DRAW_AFTER);
});

listen('chat-enter', (name) => chat.enter(name));
listen('room-choose', async (name) => {
  if (chat.state.joined.has(name)) chat.openRoom(name);
  else if (!(await chat.joinRoom(name))) return;
  panels.close();
  composer.focusText();
});
listen('room-create', async (name) => {
  if (!(await chat.joinRoom(name))) return;
  roomList.clearInput();
  panels.close();
  composer.focusText();
});
listen('text-post', async (text) => {
  if (!(await chat.postText(text))) composer.restore(text);
});
listen('typing-change', (typing) => chat.setTyping(typing));
listen('history-earlier', () => chat.loadEarlier());
listen('people-more', () => chat.loadMoreUsers());
listen('person-choose', (name) => {
  panels.close();
  composer.address(name);
});
logOut.addEventListener('click', () => chat.logOut());
leaveRoom.addEventListener('click', () => {
  chat.leaveRoom();
  composer.focusText();
});
find(document, '#toggle-theme', HTMLButtonElement).addEventListener('click', toggleTheme);
document.addEventListener('visibilitychange', () => chat.markRead());

joinForm.suggest(memory.name.get());
chat.resume();
draw();

function draw() {
  drawing = undefined;
  const { state } = chat;
  const wasOut = main.hidden;
  const isIn = state.phase === 'in';
  main.hidden = !isIn;
  logOut.hidden = !isIn;
  logOut.disabled = state.connection.name !== 'online';
  leaveRoom.hidden = state.active === 'general';
  leaveRoom.disabled = state.connection.name !== 'online';
  roomTitle.textContent = state.active;
  document.title = titleOf(state);
  panels.render(state);
  for (const view of views) view.render(state);
  if (wasOut && isIn) composer.focusText();
}

/** @param {Chat['state']} state */
function titleOf({ phase, active, unread }) {
  if (phase !== 'in') return 'Troupe';
  return `${unread > 0 ? `(${unread}) ` : ''}${active} · Troupe`;
}

/**
 * @typedef {{
 *   'chat-enter': string, 'room-choose': string, 'room-create': string, 'text-post': string,
 *   'person-choose': string, 'typing-change': boolean, 'history-earlier': null, 'people-more': null
 * }} Announcements
 */

/**
 * @template {keyof Announcements} T
 * @param {T} type
 * @param {(detail: Announcements[T]) => void} act
 */
function listen(type, act) {
  document.addEventListener(type, (event) => act(/** @type {CustomEvent} */ (event).detail));
}
