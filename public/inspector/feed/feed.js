// @ts-check
import { createActor } from 'xstate';
import { feedMachine } from './machine.js';

/** @import { SnapshotFrom } from 'xstate' */
/** @import { Subscription } from '../../../src/inspect/wire.ts' */
/** @import { FeedOwner } from './socket.js' */

/**
 * `again` tells a return from a first coming; `until` is in milliseconds since the epoch.
 * @typedef {{ name: 'resting' | 'open' | 'off' }
 *   | { name: 'connecting', again: boolean }
 *   | { name: 'waiting', until: number, again: boolean }
 *   | { name: 'refused', words: string }} FeedStatus
 */

/** The feed as the rest of the page sees it: frames in, subscriptions out, and a status. */
export class Feed {
  /** @type {FeedStatus} */
  status = { name: 'resting' };
  #actor;

  /** @param {FeedOwner & { statusChanged: (status: FeedStatus) => void }} owner */
  constructor({ statusChanged, ...owner }) {
    this.#actor = createActor(feedMachine, { input: owner });
    this.#actor.subscribe((snapshot) => {
      const status = statusOf(snapshot);
      if (JSON.stringify(status) === JSON.stringify(this.status)) return;
      this.status = status;
      statusChanged(status);
    });
    this.#actor.start();
    addEventListener('online', () => this.retryNow());
  }

  open() {
    this.#actor.send({ type: 'feed.open' });
  }

  close() {
    this.#actor.send({ type: 'feed.close' });
  }

  retryNow() {
    this.#actor.send({ type: 'retry.now' });
  }

  /** @param {Omit<Subscription, 'type'>} subscription takes the place of the one before */
  subscribe(subscription) {
    this.#actor.send({ type: 'subscription.send', subscription });
  }
}

/** @param {SnapshotFrom<typeof feedMachine>} snapshot @returns {FeedStatus} */
function statusOf(snapshot) {
  const { again, until, words } = snapshot.context;
  if (snapshot.matches({ linked: 'open' })) return { name: 'open' };
  if (snapshot.matches('linked') || snapshot.matches('asking')) return { name: 'connecting', again };
  if (snapshot.matches('waiting')) return { name: 'waiting', until, again };
  if (snapshot.matches('refused')) return { name: 'refused', words };
  return { name: snapshot.matches('off') ? 'off' : 'resting' };
}
