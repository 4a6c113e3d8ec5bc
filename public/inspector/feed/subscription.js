// @ts-check
/** @import { World } from '../record/world.js' */

/** Up to so many living actors the page hears everything of all. */
const ALL_UP_TO = 200;
/** Once it does not, it does again below this: a server on the edge is not asked to and fro. */
const ALL_AGAIN_BELOW = 160;
/** The server takes no more at once. */
const ACTORS_MAX = 1_000;

/** What the page asks the feed for: everything on a small server, on a big one what somebody looks at. */
export class SubscriptionPolicy {
  isForAll = true;

  /**
   * @param {World} world as it is now
   * @param {Iterable<string>} wanted ids of the actors that are looked at or followed
   * @returns {string[]} what the subscription names
   */
  actorsFor(world, wanted) {
    let living = 0;
    for (const { kind } of world.actors.values()) if (kind !== 'page') living += 1;
    this.isForAll = living <= (this.isForAll ? ALL_UP_TO : ALL_AGAIN_BELOW);
    if (this.isForAll) return ['*'];
    const named = [...new Set(wanted)].filter((id) => {
      const actor = world.actors.get(id);
      return actor !== undefined && actor.kind !== 'page';
    });
    return named.slice(0, ACTORS_MAX).sort();
  }
}
