// @ts-check
import { eventTypes } from './effects.js';

/** @import { ServerEvent } from '../../src/protocol/server-events.ts' */

/** Milliseconds until a stream that was refused is asked for again; a broken one the browser itself retries. */
const REFUSED_DELAY = 5_000;

/** @typedef {ServerEvent | { type: 'opened' }} StreamEvent `opened`: from here on nothing is missed */

/**
 * Opens the server's event stream and keeps it open.
 * @param {(event: StreamEvent) => void} tell
 * @returns {() => void} closes it
 */
export function openStream(tell) {
  /** @type {number | undefined} */
  let timer;
  /** @type {EventSource} */
  let source;

  function open() {
    source = new EventSource(new URL('events', document.baseURI));
    source.onopen = () => tell({ type: 'opened' });
    source.onerror = ({ target }) => {
      if (source.readyState === EventSource.CLOSED && target === source)
        timer = setTimeout(open, REFUSED_DELAY);
    };
    for (const type of eventTypes) {
      source.addEventListener(type, ({ data }) => {
        tell(/** @type {ServerEvent} */ ({ type, data: JSON.parse(data) }));
      });
    }
  }

  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
