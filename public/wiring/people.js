// @ts-check
import { announce, find, listen } from '../dom.js';
import { PeopleList } from '../elements/people-list.js';

/** @import { Chat } from '../chat.js' */

/** @param {Chat} chat */
export function wirePeople(chat) {
  const list = find(document, 'people-list', PeopleList);
  chat.store.watch(PeopleList.watches, (state) => list.render(state));
  followAway(chat);
  listen('people-more', () => chat.rooms.loadMoreUsers());
  listen('person-choose', (name) => {
    chat.navigation.openPrivate(name);
    announce(list, 'panels-close');
    announce(list, 'composer-focus');
  });
}

/** Nobody is told when somebody goes away or comes back; the figures of the server, every 10 s, give a hint. @param {Chat} chat */
function followAway(chat) {
  let seen = chat.state.stats;
  chat.store.watch(['stats'], ({ stats }) => {
    if (stats === seen) return;
    if (stats?.users_away || seen?.users_away) chat.rooms.refreshPeople();
    seen = stats;
  });
}
