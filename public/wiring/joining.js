// @ts-check
import { notice } from '../conversations/line.js';
import { find, listen } from '../dom.js';
import { JoinForm } from '../elements/join-form.js';

/** @import { Chat } from '../chat.js' */

/** @param {Chat} chat @param {string} lastName as whom the user was in last time */
export function wireJoining(chat, lastName) {
  const { store } = chat;
  const form = find(document, 'join-form', JoinForm);
  store.watch(JoinForm.watches, (state) => form.render(state));
  form.suggest(lastName);

  /** The name that was asked for, until it is known what became of it. */
  let wished = '';
  listen('chat-enter', (name) => {
    wished = name;
    chat.enter(name);
  });
  store.watch(['session', 'active'], ({ phase, active, me }) => {
    if (wished === '' || phase !== 'in' || !active) return;
    if (me.name !== wished) {
      active.add(notice(`You are ${me.name} here: ${reason(wished, me.name)}`));
      store.changed('entries');
    }
    wished = '';
  });
}

/**
 * Why the server gave another name than was asked for: all that it adds to a taken one is a number.
 * @param {string} wished
 * @param {string} given
 */
function reason(wished, given) {
  const allowed = wished.normalize('NFKC').replace(/[^\p{L}\p{M}\p{Nd}_-]/gu, '_');
  if (allowed === wished && [...wished].length <= 20) return `the name ${wished} is taken.`;
  const isOnlySpelling = given === [...allowed].slice(0, 20).join('');
  return `names have up to 20 letters, digits, “-” and “_”${isOnlySpelling ? '.' : ', and that one is taken.'}`;
}
