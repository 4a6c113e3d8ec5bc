// @ts-check
import { find, listen } from '../dom.js';
import { MessageLog } from '../elements/message-log.js';

/** @import { Chat } from '../chat.js' */

/** @param {Chat} chat */
export function wireMessages(chat) {
  const log = find(document, 'message-log', MessageLog);
  chat.store.watch(MessageLog.watches, (state) => log.render(state));
  listen('history-earlier', () => chat.rooms.loadEarlier());
  listen('post-retry', (ref) => chat.posts.retry(ref));
  listen('post-discard', (ref) => chat.posts.discard(ref));
}
