// @ts-check
import { KEY_PREFIX, slot } from '../memory.js';

/** @import { Post } from './post.js' */

const PREFIX = `${KEY_PREFIX}outbox.`;
/** Milliseconds after which nobody comes back for what a tab that was closed had not sent. */
const FORGOTTEN_AFTER = 7 * 24 * 3_600_000;

/** @typedef {{ at: number, posts: Post[] }} Kept */

/**
 * Where the posts of one tab outlive its page. Each tab has a place of its own, so that no other sends them too.
 * @param {string} tab
 */
export function keptPosts(tab) {
  const place = slot(() => localStorage, PREFIX + tab, /** @type {Kept | {}} */ ({}));
  return {
    /** @returns {Post[]} */
    read() {
      const kept = place.get();
      return 'posts' in kept ? kept.posts : [];
    },
    /** @param {readonly Post[]} posts */
    write(posts) {
      place.set(posts.length === 0 ? {} : { at: Date.now(), posts: [...posts] });
    },
  };
}

/** Clears the places of tabs that are long gone. */
export function dropForgottenPosts() {
  try {
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
      const { at = 0 } = JSON.parse(localStorage.getItem(key) ?? '{}');
      if (Date.now() - at > FORGOTTEN_AFTER) localStorage.removeItem(key);
    }
  } catch {
    // Storage is forbidden, or holds what is not ours: then it stays.
  }
}
