// @ts-check
import { KEY_PREFIX, slot } from '../memory.js';
import { lockOf } from '../tab.js';

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

/**
 * Takes over what tabs that are gone had not sent. A tab that lives holds the lock of its name, and what one tab takes
 * no other finds; without locks nobody knows who lives, and everything stays where it is.
 * @param {(post: Post) => boolean} isWanted
 * @returns {Promise<Post[]>}
 */
export async function takeAbandonedPosts(isWanted) {
  const { locks } = navigator;
  if (!locks) return [];
  /** @type {Post[]} */
  const taken = [];
  for (const tab of tabsWithPosts()) {
    await locks.request(lockOf(tab), { ifAvailable: true }, (lock) => {
      if (!lock) return;
      const place = keptPosts(tab);
      const posts = place.read();
      taken.push(...posts.filter(isWanted));
      place.write(posts.filter((post) => !isWanted(post)));
    });
  }
  return taken;
}

/** @returns {string[]} */
function tabsWithPosts() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    return keys.map((key) => key.slice(PREFIX.length));
  } catch {
    return []; // Storage is forbidden.
  }
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
