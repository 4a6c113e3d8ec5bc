// @ts-check
import { Chat } from './chat.js';
import { memory } from './memory.js';
import { wireComposer } from './wiring/composer.js';
import { wireJoining } from './wiring/joining.js';
import { wireLayout } from './wiring/layout.js';
import { wireMessages } from './wiring/messages.js';
import { wireNews } from './wiring/news.js';
import { wirePeople } from './wiring/people.js';
import { wireRooms } from './wiring/rooms.js';
import { wireSwitcher } from './wiring/switcher.js';

// Each wiring joins the views of one part of the page to the chat: what they announce becomes an act, what changes is
// drawn. The layout comes first, since what is hidden cannot take the focus.

const chat = new Chat();
if (new URLSearchParams(location.search).has('inspect')) {
  await import('./inspector/page/publish.js').then(
    ({ publish }) => publish(chat.connection, () => chat.state.me.name),
    // Nobody can watch then, but one can chat.
    console.error,
  );
}
wireLayout(chat);
wireJoining(chat, memory.name.get());
wireRooms(chat);
wirePeople(chat);
wireMessages(chat);
wireComposer(chat);
wireNews(chat);
wireSwitcher(chat);
chat.resume();
