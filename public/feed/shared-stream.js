// @ts-check
import { openStream } from './stream.js';

/** @import { StreamEvent } from './stream.js' */

/**
 * One event stream for all tabs: a browser opens six connections to a host and no more. The tab that holds a lock leads:
 * it has the stream and tells the others what comes. When it goes, the lock falls to another.
 * Without locks, which need a secure context, each tab has a stream of its own.
 * @param {(event: StreamEvent) => void} tell
 * @returns {() => void} leaves
 */
export function shareStream(tell) {
  const { locks } = navigator;
  if (!locks || typeof BroadcastChannel === 'undefined') return openStream(tell);

  const name = `troupe.events ${new URL('.', document.baseURI).pathname}`;
  const others = new BroadcastChannel(name);
  const leaving = new AbortController();
  /** @type {StreamEvent | undefined} */
  let lastStats;

  others.onmessage = ({ data: event }) => {
    if (event.type !== 'hello') tell(event);
    else if (lastStats) others.postMessage(lastStats);
  };
  others.postMessage({ type: 'hello' });
  // Whoever leads already has the stream open; a new leader says so when it has.
  tell({ type: 'opened' });

  locks
    .request(name, { signal: leaving.signal }, () => {
      const close = openStream((event) => {
        if (event.type === 'stats') lastStats = event;
        tell(event);
        others.postMessage(event);
      });
      return new Promise((resolve) => {
        leaving.signal.addEventListener('abort', () => {
          close();
          resolve(undefined);
        });
      });
    })
    .catch(() => {}); // It left before its turn came.

  return () => {
    leaving.abort();
    others.close();
  };
}
