// @ts-check

import { isFrame } from '../record/frame-check.js';
import { CHANNEL } from './channel.js';

/** @import { FeedFrame } from '../../../src/inspect/wire.ts' */

/** @import { PageQuestion, PageSign } from './channel.js' */

/** Milliseconds. */
const ROLL_EVERY = 10_000;
const SIGN_DUE = 4_000;

/** Hears the chat pages of this browser that were opened with `?inspect`. */
export class Pages {
  #channel = new BroadcastChannel(CHANNEL);
  #hear;
  /** @type {Map<string, boolean>} whether each has given a sign since the roll was called */
  #known = new Map();

  /** @param {(frame: FeedFrame, size: number) => void} hear */
  constructor(hear) {
    this.#hear = hear;
    this.#channel.onmessage = ({ data }) => this.#receive(data);
    this.#ask('who');
    setInterval(() => this.#callRoll(), ROLL_EVERY);
  }

  /** @param {unknown} message */
  #receive(message) {
    if (isSign(message)) {
      if (!this.#known.has(message.here)) this.#ask('who');
      this.#known.set(message.here, true);
      return;
    }
    if (!isFrame(message) || !('sessionId' in message) || !message.sessionId.startsWith('page:')) return;
    const { sessionId } = message;
    if (message.type === '@xstate.snapshot' && message.snapshot.status !== 'active')
      this.#known.delete(sessionId);
    else if (message.type === '@xstate.actor' || this.#known.has(sessionId)) this.#known.set(sessionId, true);
    else return;
    this.#hear(message, JSON.stringify(message).length);
  }

  /** A tab that crashed says no farewell. */
  #callRoll() {
    if (this.#known.size === 0) return;
    for (const id of this.#known.keys()) this.#known.set(id, false);
    this.#ask('roll');
    setTimeout(() => {
      for (const [id, isHere] of this.#known) if (!isHere) this.#bury(id);
    }, SIGN_DUE);
  }

  /** @param {string} sessionId */
  #bury(sessionId) {
    this.#known.delete(sessionId);
    this.#hear({ type: '@troupe.rows', rows: [], ended: [[sessionId, 'stopped']] }, 100);
  }

  /** @param {PageQuestion['ask']} ask */
  #ask(ask) {
    this.#channel.postMessage({ ask });
  }
}

/** @param {unknown} message @returns {message is PageSign} */
function isSign(message) {
  return (
    typeof message === 'object' && message !== null && 'here' in message && typeof message.here === 'string'
  );
}
