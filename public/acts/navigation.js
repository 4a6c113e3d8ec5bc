// @ts-check
import { keyOf } from '../conversations/conversations.js';
import { route } from '../route.js';

/** @import { Chat } from '../chat.js' */

/** Where everybody is put, and nobody can leave. */
export const LOBBY = 'general';

/** Code points; nobody's name is longer. */
const USER_NAME_MAX = 20;

/** Which conversation is shown. The URL names it: what one of the two says, the other follows. */
export class Navigation {
  #chat;
  /** How often the user has chosen where to go. */
  #steps = 0;

  /** @param {Chat} chat */
  constructor(chat) {
    this.#chat = chat;
    route.onChange(() => this.#chat.state.phase === 'in' && this.followRoute());
    document.addEventListener('visibilitychange', () => this.markRead());
  }

  /**
   * The user has chosen to go somewhere, which may take a while.
   * @returns {() => boolean} whether they still want that: no other choice came after it
   */
  setOut() {
    const step = ++this.#steps;
    return () => step === this.#steps;
  }

  /**
   * Shows a conversation.
   * @param {string} key
   * @param {'push' | 'replace' | 'keep'} how the URL comes to name it: as a step that "back" undoes, in place of the
   *   last, or not at all
   */
  open(key, how = 'push') {
    const { state, store, posts, rooms } = this.#chat;
    const conversation = state.conversations.get(key);
    if (!conversation) return;
    if (how === 'push') this.setOut();
    conversation.closedUpTo = undefined;
    if (key !== state.activeKey) {
      posts.setTyping(false);
      state.active?.leaveBehind();
      state.activeKey = key;
      state.errors.composer = '';
      if (how === 'push') state.errors.room = '';
    }
    if (how !== 'keep') route.show(conversation.address, how);
    this.markRead();
    rooms.refresh(conversation);
    store.changed('active', 'entries', 'people', 'conversations', 'errors');
  }

  /** Shows what one has with a person. @param {string} name */
  openPrivate(name) {
    this.open(this.#chat.state.conversations.with(name).key);
  }

  /**
   * Takes a private conversation off the list. One in which something is not sent stays: that is shown instead.
   * @param {string} key
   * @returns {boolean} whether it is closed
   */
  close(key) {
    const { state, store } = this.#chat;
    if (state.postsTo(key).length > 0) {
      this.open(key);
      state.errors.composer = 'This conversation stays: what you wrote here is not sent yet.';
      store.changed('errors');
      return false;
    }
    state.conversations.get(key)?.close();
    state.conversations.remember();
    if (key === state.activeKey) this.fallBack();
    store.changed('conversations');
    return true;
  }

  /** The user is in: shows what was shown before, or what the URL names. */
  async arrive() {
    const { state } = this.#chat;
    if (state.active && state.activeKey === keyOf(route.address)) this.open(state.activeKey, 'keep');
    else await this.followRoute();
  }

  /** Shows what the URL names, joining it if need be. */
  async followRoute() {
    const { state, store, rooms } = this.#chat;
    const { address } = route;
    this.setOut();
    if (address.startsWith('@') && address.length > 1) {
      const name = [...address.slice(1)].slice(0, USER_NAME_MAX).join('');
      this.open(state.conversations.with(name).key, 'replace');
      return;
    }
    const refusal = address === '' ? '' : await rooms.join(address, 'replace');
    if (address !== route.address || (address !== '' && refusal === '')) return;
    this.open(LOBBY, 'replace');
    // Said where one looks: on a phone the lists are out of sight.
    state.errors.composer = refusal;
    store.changed('errors');
  }

  /** The shown conversation is no more. */
  fallBack() {
    const { state } = this.#chat;
    state.activeKey = '';
    this.open(LOBBY, 'replace');
  }

  /** What is shown to someone who looks is read. */
  markRead() {
    const { state, store } = this.#chat;
    if (!state.active || document.hidden) return;
    if (state.active.markRead()) store.changed('conversations');
  }
}
