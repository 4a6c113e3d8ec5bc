// @ts-check
import { mentions } from '../text/tokens.js';

/** @import { Chat } from '../chat.js' */
/** @import { Conversation } from '../conversations/conversation.js' */
/** @import { Line } from '../conversations/line.js' */

/**
 * Puts what was said into its conversation, once, and counts it as unread if it is that.
 * @param {Chat} chat
 * @param {Conversation} conversation
 * @param {Line} line
 * @param {'live' | 'kept'} how said just now or while we were away, or handed out from the history
 */
export function receive(chat, conversation, line, how) {
  const { state, store, outbox } = chat;
  const { id = 0 } = line;
  state.sawId(id);
  if (conversation.has(id)) return;
  const isMine = line.from === state.me.name;
  const ref = isMine ? outbox.takeEcho(conversation.key, line.text) : undefined;
  const whole = { ...marked(line, state.me.name), ...(ref && { ref }) };
  conversation.add(whole);
  store.changed('entries');

  const isShown = conversation.key === state.activeKey && !document.hidden;
  if (isShown) conversation.readUpTo = Math.max(id, conversation.readUpTo ?? 0);
  const readUpTo = conversation.readUpTo ?? (how === 'kept' ? Infinity : 0);
  if (isShown || isMine || line.kind === 'system' || id <= readUpTo) return;
  conversation.countUnread(whole);
  store.changed('conversations');
  if (how === 'live') chat.tellNews({ conversation, line: whole });
}

/**
 * The line, and whether it names the user.
 * @param {Line} line
 * @param {string} myName
 * @returns {Line}
 */
export function marked(line, myName) {
  const isOthers = line.from !== myName && line.kind !== 'system';
  return isOthers && mentions(line.text, myName) ? { ...line, mentionsMe: true } : line;
}
