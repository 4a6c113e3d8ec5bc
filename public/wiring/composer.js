// @ts-check
import { find, listen } from '../dom.js';
import { MessageComposer } from '../elements/message-composer.js';

/** @import { Chat } from '../chat.js' */

/** @param {Chat} chat */
export function wireComposer(chat) {
  const { store, posts } = chat;
  const composer = find(document, 'message-composer', MessageComposer);
  let wasIn = false;
  store.watch(MessageComposer.watches, (state) => composer.render(state));
  store.watch(['session'], ({ phase }) => {
    if (phase === 'in' && !wasIn) composer.focusText();
    if (phase === 'out' && wasIn) composer.forgetSent();
    wasIn = phase === 'in';
  });
  listen('text-post', async (text) => {
    if (!(await posts.post(text))) composer.restore(text);
  });
  listen('draft-change', (text) => posts.keepDraft(text));
  listen('typing-change', (typing) => posts.setTyping(typing));
  listen('composer-focus', () => composer.focusText());
}
