// @ts-check
import { pause } from '../connection/connection.js';
import { sameName } from '../conversations/mentions.js';
import { frameOf } from './post.js';

/** @import { ClientFrame } from '../../src/protocol/client-frames.ts' */
/** @import { ServerFrame } from '../../src/protocol/server-frames.ts' */
/** @import { keptPosts } from './kept-posts.js' */
/** @import { Post } from './post.js' */

/** Seconds for which a server knows a `ref` again, less some: within them sending twice stores once. */
const REF_REMEMBERED = 270;

/**
 * @typedef {object} OutboxOwner
 * @property {(frame: ClientFrame) => Promise<ServerFrame | undefined>} request
 * @property {(posts: readonly Post[]) => void} changed
 * @property {(post: Post) => boolean} isStored whether a post of which nobody can say is in the log after all
 */

/**
 * What was written and not acknowledged. Posts go out one after the other, each when the one before it is answered:
 * so their order holds whatever the server says, and a rate limit delays and loses nothing.
 */
export class Outbox {
  /** @type {readonly Post[]} */
  #posts = [];
  #owner;
  /** @type {ReturnType<typeof keptPosts> | undefined} */
  #kept;
  #isOpen = false;
  #isSending = false;

  /** @param {OutboxOwner} owner */
  constructor(owner) {
    this.#owner = owner;
  }

  /**
   * From now on posts outlive the page; those of the page before come first.
   * @param {ReturnType<typeof keptPosts>} kept
   */
  restore(kept) {
    this.#kept = kept;
    this.#set([...kept.read(), ...this.#posts]);
    this.#send();
  }

  /**
   * Goes on with what another tab had not sent. What it had begun to send may have arrived, under a session that is
   * not ours: then nobody can say whether it did, and the user decides.
   * @param {Post[]} posts
   */
  adopt(posts) {
    const unknown = posts.filter((post) => !post.attemptedAt || !this.#owner.isStored(post));
    this.#set([...unknown.map(adopted), ...this.#posts]);
    this.#send();
  }

  /** @param {Post} post */
  add(post) {
    this.#set([...this.#posts, post]);
    this.#send();
  }

  /** Sends again what failed, as the newest of all. @param {string} ref */
  retry(ref) {
    const post = this.#posts.find((each) => each.ref === ref);
    if (post?.state !== 'failed') return;
    const { reason: _, attemptedAt: __, ...rest } = post;
    this.#set([...this.#posts.filter((each) => each.ref !== ref), { ...rest, state: 'pending' }]);
    this.#send();
  }

  /** Gives up what failed. @param {string} ref */
  discard(ref) {
    this.#set(this.#posts.filter((each) => each.ref !== ref || each.state !== 'failed'));
  }

  /** The session is there, and its rooms are joined. */
  open() {
    this.#isOpen = true;
    this.#send();
  }

  close() {
    this.#isOpen = false;
  }

  /** The user has logged out, here or in another tab. */
  clear() {
    this.#set([]);
  }

  /** Someone else may be here now: nobody speaks for another. @param {string} name */
  keepOnlyOf(name) {
    this.#set(this.#posts.filter(({ from }) => sameName(from, name)));
  }

  /**
   * The server tells of what was stored before it acknowledges that: from then on the line stands for the post.
   * @param {string} key of the conversation
   * @param {string} text
   * @returns {string | undefined} the `ref`
   */
  takeEcho(key, text) {
    const first = this.#posts.find(({ state }) => state === 'pending');
    if (!first?.attemptedAt || first.isEchoed || first.key !== key || first.text.trim() !== text)
      return undefined;
    this.#update(first.ref, { isEchoed: true });
    return first.ref;
  }

  /**
   * Whoever posts are for is called differently.
   * @param {string} oldKey
   * @param {{ key: string, address: string }} conversation
   */
  readdress(oldKey, { key, address }) {
    this.#set(this.#posts.map((each) => (each.key === oldKey ? { ...each, key, address } : each)));
  }

  async #send() {
    if (this.#isSending) return;
    this.#isSending = true;
    for (;;) {
      const post = this.#isOpen && this.#posts.find(({ state }) => state === 'pending');
      if (!post || !(await this.#sendOne(post))) break;
    }
    this.#isSending = false;
  }

  /** @param {Post} post @returns {Promise<boolean>} whether to go on with the next */
  async #sendOne(post) {
    const now = Date.now() / 1_000;
    const { attemptedAt = now } = post;
    if (now - attemptedAt > REF_REMEMBERED && this.#owner.isStored(post)) {
      this.#remove(post.ref);
      return true;
    }
    this.#update(post.ref, { attemptedAt });
    const answer = await this.#owner.request(frameOf(post));
    if (answer === undefined) return false;
    if (answer.type !== 'error') {
      this.#remove(post.ref);
    } else if (answer.code === 'rate_limited') {
      this.#update(post.ref, { isEchoed: false });
      await pause(answer.retry_after);
    } else {
      this.#update(post.ref, { state: 'failed', reason: answer.message, isEchoed: false });
    }
    return true;
  }

  /** @param {string} ref */
  #remove(ref) {
    this.#set(this.#posts.filter((each) => each.ref !== ref));
  }

  /** @param {string} ref @param {Partial<Post>} change */
  #update(ref, change) {
    this.#set(this.#posts.map((each) => (each.ref === ref ? { ...each, ...change } : each)));
  }

  /** @param {readonly Post[]} posts */
  #set(posts) {
    this.#posts = posts;
    this.#kept?.write(posts);
    this.#owner.changed(posts);
  }
}

/** @param {Post} post @returns {Post} */
function adopted(post) {
  if (post.state === 'failed' || !post.attemptedAt) return post;
  const reason = 'the tab was closed before the server had answered, so it may have arrived.';
  return { ...post, state: 'failed', isEchoed: false, reason };
}
