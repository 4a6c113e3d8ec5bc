// @ts-check
import { find, listen } from '../dom.js';
import { NewsToasts } from '../elements/news-toasts.js';

/** @import { Chat } from '../chat.js' */

/** What comes in where the user is not looking. @param {Chat} chat */
export function wireNews(chat) {
  const toasts = find(document, 'news-toasts', NewsToasts);
  chat.onNews((news) => {
    if (news.conversation.isPrivate || news.line.mentionsMe) toasts.show(news);
  });
  listen('news-open', (key) => chat.navigation.open(key));
  chat.store.watch(['active', 'conversations'], (state) => toasts.render(state));
}
