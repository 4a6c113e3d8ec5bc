// @ts-check
/** @import { ActorState, Seen } from './record/actor.js' */
/** @import { Playback } from './record/playback.js' */
/** @import { Recording } from './record/recording.js' */
/** @import { World } from './record/world.js' */
/** @import { FeedStatus } from './feed/feed.js' */

/**
 * All that the views draw, taken together at one moment.
 * @typedef {object} Scene
 * @property {FeedStatus} status
 * @property {Recording} recording
 * @property {Playback} playback
 * @property {World} world as it is at the place that is looked at
 * @property {number} now the moment that is looked at, in milliseconds since the epoch by the server's clock
 * @property {ActorState | undefined} chosen
 * @property {string | undefined} definition the chosen one's
 * @property {Seen | undefined} seen what the chosen one holds
 * @property {Seen | undefined} before what it held before its last step
 * @property {ReadonlySet<string>} followed ids
 * @property {boolean} isForAll whether the page hears everything of all actors
 * @property {{ name: string, savedAt: number } | undefined} file the recording that is shown instead of the feed
 * @property {boolean} isEmpty nothing has come yet, so there is nothing to look at
 */

/** Clock time to the millisecond. @param {number} at in milliseconds since the epoch */
export function clockTime(at) {
  return clock.format(at);
}

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hour12: false,
});
