// @ts-check
import { find, listen } from '../dom.js';
import { JoinForm } from '../elements/join-form.js';

/** @import { Chat } from '../chat.js' */

/** @param {Chat} chat @param {string} lastName as whom the user was in last time */
export function wireJoining(chat, lastName) {
  const form = find(document, 'join-form', JoinForm);
  chat.store.watch(JoinForm.watches, (state) => form.render(state));
  form.suggest(lastName);
  listen('chat-enter', (name) => chat.enter(name));
}
