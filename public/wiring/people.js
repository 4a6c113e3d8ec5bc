// @ts-check
import { announce, find, listen } from '../dom.js';
import { PeopleList } from '../elements/people-list.js';

/** @import { Chat } from '../chat.js' */

/** @param {Chat} chat */
export function wirePeople(chat) {
  const list = find(document, 'people-list', PeopleList);
  chat.store.watch(PeopleList.watches, (state) => list.render(state));
  listen('people-more', () => chat.rooms.loadMoreUsers());
  listen('person-choose', (name) => {
    chat.navigation.openPrivate(name);
    announce(list, 'panels-close');
    announce(list, 'composer-focus');
  });
}
