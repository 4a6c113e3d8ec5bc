// @ts-check
import { memory } from './memory.js';
import { mintRef } from './ref.js';

/** Milliseconds that the page before a reload may take to let go of the tab's name. */
const HANDED_OVER_WITHIN = 1_000;

/**
 * The name of this tab: it outlives reloads, and no other tab has it. A duplicated tab begins with a copy of the first
 * one's storage; that the name is taken shows in a lock which each tab holds while it lives.
 * @returns {Promise<string>}
 */
export async function claimTab() {
  const kept = memory.tab.get();
  if (kept !== '' && (await hold(kept))) return kept;
  const fresh = mintRef();
  memory.tab.set(fresh);
  await hold(fresh);
  return fresh;
}

/** The lock that a tab holds while it lives. @param {string} name */
export function lockOf(name) {
  return `troupe.tab.${name}`;
}

/**
 * @param {string} name
 * @returns {Promise<boolean>} whether it is ours; true where there are no locks (they need a secure context): then the
 *   server's memory of `ref`s alone keeps a duplicate from posting twice
 */
function hold(name) {
  const { locks } = navigator;
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    locks
      .request(lockOf(name), { signal: AbortSignal.timeout(HANDED_OVER_WITHIN) }, () => {
        resolve(true);
        return new Promise(() => {});
      })
      .catch(() => resolve(false));
  });
}
