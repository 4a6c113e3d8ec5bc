// @ts-check
import { SubscriptionPolicy } from './subscription.js';

/** @import { World } from '../record/world.js' */
/** @import { Feed } from './feed.js' */

/** Milliseconds in which changes of what is wanted are gathered: who goes through the list leaves no trail. */
const GATHERED_FOR = 150;

/** Asks the feed for what somebody looks at, once the list has come. */
export class Subscriber {
  #policy = new SubscriptionPolicy();
  #feed;
  #world;
  #wanted;
  #isListed = false;
  /** What was asked for, as text; empty when nothing was. */
  #asked = '';
  /** @type {number | undefined} */
  #timer;

  /**
   * @param {Pick<Feed, 'subscribe' | 'status'>} feed
   * @param {() => World} world as it is now
   * @param {() => Iterable<string>} wanted ids of the actors that are looked at or followed
   */
  constructor(feed, world, wanted) {
    this.#feed = feed;
    this.#world = world;
    this.#wanted = wanted;
  }

  /** Whether everything of all actors is heard. */
  get isForAll() {
    return this.#policy.isForAll;
  }

  /** Whether the list of this connection is complete. */
  get isListed() {
    return this.#isListed;
  }

  /** A connection has begun, or ended. */
  beginAnew() {
    this.#isListed = false;
    this.#asked = '';
  }

  noteListed() {
    this.#isListed = true;
  }

  /** Asks anew if something else is wanted by now. */
  review() {
    if (!this.#isListed) return;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#ask();
      },
      this.#asked === '' ? 0 : GATHERED_FOR,
    );
  }

  #ask() {
    if (!this.#isListed || this.#feed.status.name !== 'open') return;
    const actors = this.#policy.actorsFor(this.#world(), this.#wanted());
    const asked = JSON.stringify(actors);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#feed.subscribe({ actors, kinds: ['event', 'snapshot', 'step'] });
  }
}
