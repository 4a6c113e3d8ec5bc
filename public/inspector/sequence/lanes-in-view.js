// @ts-check

/** @import { Lane } from './lane.js' */
/** @import { ShownMessages } from './shown-messages.js' */

/** From this many on, lanes that are idle where one reads are left out, unless the reader decides otherwise. */
const MANY = 12;
/** Windows above and below within which a lane that was shown is kept, so that lanes don't come and go at every step. */
const KEPT_WINDOWS = 2;

/** Which of the lanes are shown: all, or those with something to do in the rows in sight. */
export class LanesInView {
  /** @type {boolean | undefined} what the reader chose */
  choice;
  #messages;
  /** @type {Lane[]} */
  #lanes = [];

  /** @param {ShownMessages} messages */
  constructor(messages) {
    this.#messages = messages;
  }

  get isOn() {
    return this.choice ?? this.#messages.lanes.shown.length > MANY;
  }

  /** The same array again while nothing has changed. @param {{ from: number, to: number }} window */
  lanesFor({ from, to }) {
    const all = this.#messages.lanes.shown;
    if (!this.isOn) {
      this.#lanes = all;
      return all;
    }
    const margin = (to - from) * KEPT_WINDOWS;
    const busy = this.#partiesIn(from, to);
    const near = this.#partiesIn(from - margin, to + margin);
    const kept = new Set(this.#lanes.map(({ id }) => id).filter((id) => near.has(id)));
    const lanes = all.filter(({ id }) => busy.has(id) || kept.has(id));
    if (!isSame(lanes, this.#lanes)) this.#lanes = lanes;
    return this.#lanes;
  }

  /** @param {number} from @param {number} to */
  #partiesIn(from, to) {
    /** @type {Set<string>} */
    const ids = new Set();
    for (let place = Math.max(0, from); place < Math.min(to, this.#messages.count); place++) {
      const message = this.#messages.at(place);
      if (message) ids.add(message.from.id).add(message.to.id);
    }
    return ids;
  }
}

/** @param {Lane[]} lanes @param {Lane[]} others */
function isSame(lanes, others) {
  if (lanes.length !== others.length) return false;
  return lanes.every(({ id, name }, i) => id === others[i]?.id && name === others[i].name);
}
