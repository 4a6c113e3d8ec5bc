// @ts-check
import { Navigation } from './acts/navigation.js';
import { Posts } from './acts/posts.js';
import { Rooms } from './acts/rooms.js';
import { farewells } from './connection/close-codes.js';
import { Connection } from './connection/connection.js';
import { sameName } from './conversations/mentions.js';
import { Feed } from './feed/feed.js';
import { applyFrame } from './frames/frames.js';
import { memory } from './memory.js';
import { dropForgottenPosts, keptPosts, takeAbandonedPosts } from './outbox/kept-posts.js';
import { Outbox } from './outbox/outbox.js';
import { route } from './route.js';
import { State } from './state.js';
import { Store } from './store.js';
import { Succession } from './succession.js';
import { claimTab } from './tab.js';

/** @import { ConnectionStatus } from './connection/connection.js' */
/** @import { Conversation } from './conversations/conversation.js' */
/** @import { Line } from './conversations/line.js' */
/** @import { Post } from './outbox/post.js' */

/** @typedef {{ conversation: Conversation, line: Line }} News a message that the user has not seen yet */

/** Where the state, the connection, the outbox and the feed meet. What the user can do is in `acts/`. */
export class Chat {
  store = new Store(new State());
  navigation = new Navigation(this);
  rooms = new Rooms(this);
  posts = new Posts(this);
  /**
   * The rooms that a new session has to be put into; undefined when all is as it should be.
   * @type {string[] | undefined}
   */
  toRejoin;
  /** The session that the last attempt to connect asked for; empty for a new one. */
  hopedFor = '';
  /** What the user calls themselves, whatever the server made of it. */
  #wishedName = '';
  /** @type {((news: News) => void)[]} */
  #newsListeners = [];

  constructor() {
    this.connection = new Connection({
      parameters: () => this.#parameters(),
      frameArrived: (frame, asked) => applyFrame(this, frame, asked),
      statusChanged: (status) => this.#follow(status),
    });
    this.outbox = new Outbox({
      request: (frame) => this.connection.request(frame),
      changed: (posts) => this.#showPosts(posts),
      isStored: ({ key, text, from, attemptedAt = 0 }) =>
        this.state.conversations
          .get(key)
          ?.lines.some((line) => line.from === from && line.text === text && line.ts >= attemptedAt) ?? false,
    });
    this.feed = new Feed(this.store);
    this.succession = new Succession({
      adopt: (session) => this.#adopt(session),
      end: () => {
        this.outbox.clear();
        this.connection.end();
      },
    });
    claimTab().then((tab) => this.outbox.restore(keptPosts(tab)));
    dropForgottenPosts();
    addEventListener('pagehide', () => this.state.conversations.remember());
  }

  get state() {
    return this.store.state;
  }

  /** Goes on with the session that this tab had before it was loaded anew, if it had one. */
  resume() {
    if (memory.session.get() !== '') this.enter(memory.name.get());
  }

  /** Once: whoever presses Enter again may be in by then. @param {string} name as whom */
  enter(name) {
    if (this.state.phase !== 'out') return;
    this.#wishedName = name;
    if (memory.session.get() === '') this.outbox.keepOnlyOf(name);
    this.state.me = { id: '', name };
    this.state.phase = 'joining';
    this.state.errors.join = '';
    this.store.changed('session', 'errors');
    this.connection.open();
  }

  /** For all tabs of the session, and with what waits to be sent in them. */
  logOut() {
    this.succession.end(memory.session.get());
    this.#takeAbandonedPosts();
    this.connection.quit();
  }

  /** The session is there: back into its rooms, then to what was shown, then out with what waits. */
  async settleIn() {
    if (this.toRejoin && !(await this.rooms.rejoin(this.toRejoin))) return; // The next connection goes on from here.
    this.toRejoin = undefined;
    await this.#adoptPosts();
    await this.navigation.arrive();
    if (this.connection.status.name === 'online') this.outbox.open();
  }

  /** Tells of each message that comes in where the user is not looking. @param {(news: News) => void} listener */
  onNews(listener) {
    this.#newsListeners.push(listener);
  }

  /** @param {News} news */
  tellNews(news) {
    for (const listener of this.#newsListeners) listener(news);
  }

  /** @param {readonly Post[]} posts */
  #showPosts(posts) {
    const { state, store } = this;
    state.posts = posts;
    // What one has with a person may hold nothing else yet, or may have been closed.
    for (const { key, address } of posts) {
      if (!address.startsWith('@')) continue;
      const conversation = state.conversations.with(address.slice(1));
      if (state.postsTo(key).length > 0) conversation.closedUpTo = undefined;
    }
    store.changed('entries', 'conversations');
  }

  /** Sends what the same user wrote in a tab that is gone, in the rooms that it was written for. */
  async #adoptPosts() {
    const posts = await this.#takeAbandonedPosts();
    if (posts.length === 0) return;
    const { conversations } = this.state;
    const rooms = posts.filter(({ key }) => !key.startsWith('@') && !conversations.room(key));
    await this.rooms.rejoin([...new Set(rooms.map(({ address }) => address))]);
    this.outbox.adopt(posts);
  }

  /** @returns {Promise<Post[]>} what tabs of the same user that are gone had not sent, kept nowhere any more */
  #takeAbandonedPosts() {
    const names = [this.#wishedName, this.state.me.name];
    return takeAbandonedPosts(({ from }) => names.some((name) => sameName(from, name)));
  }

  /** Goes on with the session that another tab of the same user got. @param {string} session */
  #adopt(session) {
    const isNewHere = memory.session.get() !== this.hopedFor;
    memory.session.set(session);
    if (!isNewHere) return; // The next attempt asks for it.
    this.toRejoin = this.state.conversations.rooms.map(({ name }) => name);
    this.outbox.close();
    this.connection.replace();
  }

  #parameters() {
    const session = memory.session.get();
    this.hopedFor = session;
    const { me, lastId } = this.state;
    return { name: me.name, ...(session && { session, lastMsgId: String(lastId) }) };
  }

  /** @param {ConnectionStatus} status */
  #follow(status) {
    this.state.connection = status;
    if (status.name === 'online') {
      this.feed.open();
    } else {
      this.outbox.close();
      this.feed.close();
    }
    if (status.name === 'ended') this.#forget(status.code);
    this.store.changed('connection');
  }

  /** @param {number} code of the close that ended the session */
  #forget(code) {
    const { state, store } = this;
    const { name } = state.me;
    const { connection, posts } = state;
    memory.session.set('');
    Object.assign(state, new State(), { connection, posts, me: { id: '', name } });
    state.conversations.remember();
    state.errors.join = farewells[code] ?? '';
    this.toRejoin = undefined;
    if (code === 0) {
      this.outbox.clear();
      route.show('', 'replace');
    }
    store.changed('session', 'active', 'conversations', 'entries', 'people', 'directory', 'stats', 'errors');
  }
}
