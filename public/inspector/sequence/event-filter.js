// @ts-check
import { laneWords } from './lane.js';
import { typeWords } from './message-words.js';
import { Selection } from './selection.js';

/** @import { Message } from './lane.js' */

/** Which messages one wants to see. It knows no messages, so it outlives them. */
export class EventFilter {
  /** By the event's type. */
  types = new Selection();
  /** By the lane's id: a message is wanted for its sender or its receiver, and unwanted for either. */
  actors = new Selection();
  /** They come all the time and say nothing as long as they come. */
  showsHeartbeats = false;
  #text = '';

  /** What a type or a name has to have in it. */
  get text() {
    return this.#text;
  }

  set text(text) {
    this.#text = text.trim().toLowerCase();
  }

  /** Whether the reader has narrowed it down beyond what it is at first. */
  get isNarrowed() {
    return !this.types.isAll || !this.actors.isAll || this.#text !== '';
  }

  /** @param {Message} message */
  passes({ type, from, to, isHeartbeat }) {
    if (isHeartbeat && !this.showsHeartbeats) return false;
    if (!this.types.has(type) || !this.actors.hasAny(from.id, to.id)) return false;
    if (this.#text === '') return true;
    const searched = [type, typeWords(type), laneWords(from), laneWords(to)];
    return searched.some((words) => words.toLowerCase().includes(this.#text));
  }

  /** As it is at first, but for the heartbeats, which have a switch of their own. */
  reset() {
    this.types.selectAll();
    this.actors.selectAll();
    this.#text = '';
  }
}
