// @ts-check
import { notice } from '../conversations/line.js';
import { receive } from './receive.js';

/** @import { Renderers } from './frames.js' */

/** The frames that carry what people said. */
export const messageFrames = /** @satisfies {Partial<Renderers>} */ ({
  /** @type {Renderers['message']} */
  message(chat, { room, id, from, text, ts }) {
    receive(chat, chat.state.conversations.enter(room), { id, kind: 'message', from, text, ts }, 'live');
  },

  /** @type {Renderers['action']} */
  action(chat, { room, id, from, text, ts }) {
    receive(chat, chat.state.conversations.enter(room), { id, kind: 'action', from, text, ts }, 'live');
  },

  /** @type {Renderers['system']} */
  system({ state, store }, { text }) {
    // Whoever asked reads the answer where they asked.
    state.active?.add(notice(text, 'answer'));
    store.changed('entries');
  },

  /** @type {Renderers['pm']} */
  pm(chat, { id, from, text, ts }) {
    const conversation = chat.state.conversations.with(from);
    conversation.name = from;
    receive(chat, conversation, { id, kind: 'message', from, text, ts }, 'live');
    chat.store.changed('conversations');
  },

  /** @type {Renderers['pm_sent']} */
  pm_sent(chat, { id, to, text, ts }) {
    const conversation = chat.state.conversations.with(to);
    conversation.name = to;
    receive(chat, conversation, { id, kind: 'message', from: chat.state.me.name, text, ts }, 'live');
    chat.store.changed('conversations');
  },

  ack() {
    // The outbox waits for it at the connection; the line itself came before it, as a frame.
  },
});
