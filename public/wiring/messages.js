// @ts-check
import { find, listen } from '../dom.js';
import { MessageLog } from '../elements/message-log.js';

/** @import { Chat } from '../chat.js' */

/** @param {Chat} chat */
export function wireMessages(chat) {
  const log = find(document, 'message-log', MessageLog);
  chat.store.watch(MessageLog.watches, (state) => log.render(state));
  listen('history-earlier', async () => {
    const { active } = chat.state;
    if (!active) return;
    log.setLoading(active, true);
    await chat.rooms.loadEarlier();
    log.setLoading(active, false);
  });
  listen('post-retry', (ref) => chat.posts.retry(ref));
  listen('post-discard', (ref) => chat.posts.discard(ref));
}
