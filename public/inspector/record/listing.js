// @ts-check
import { kinds } from './kinds.js';

/** @import { ActorState } from './actor.js' */
/** @import { Kind } from './kinds.js' */
/** @import { World } from './world.js' */

/**
 * @typedef {{ kind: Kind, label: string, actors: ActorState[] }} Group
 * @typedef {{ query: string, only: Kind | '' }} Filter
 */

/** Milliseconds for which one that has ended is still listed, fading. */
const FADING_FOR = 1_500;

/** The list of actors: by kind and name, with those that have just ended. */
export class Listing {
  /** @type {WeakMap<ActorState, string>} */
  #keys = new WeakMap();
  #roll = -1;
  /** @type {World['actors'] | undefined} */
  #of;
  /** @type {string[]} ids, sorted */
  #sorted = [];

  /**
   * @param {World} world
   * @param {number} now in milliseconds since the epoch
   * @param {Filter} filter
   * @returns {Group[]} without the empty ones
   */
  groups(world, now, { query, only }) {
    const wanted = query.trim().toLowerCase();
    const fading = fadingIn(world, now);
    /** @type {Map<Kind, ActorState[]>} */
    const byKind = new Map(kinds.map(({ kind }) => [kind, []]));
    for (const actor of this.#inOrder(world, fading)) {
      if (only !== '' && actor.kind !== only) continue;
      if (
        wanted !== '' &&
        !actor.name.toLowerCase().includes(wanted) &&
        !actor.state.toLowerCase().includes(wanted)
      )
        continue;
      byKind.get(actor.kind)?.push(actor);
    }
    return kinds
      .map(({ kind, many }) => ({ kind, label: many, actors: byKind.get(kind) ?? [] }))
      .filter(({ actors }) => actors.length > 0);
  }

  /** @param {World} world @param {ActorState[]} fading @returns {ActorState[]} */
  #inOrder(world, fading) {
    if (this.#roll !== world.roll || this.#of !== world.actors) {
      this.#roll = world.roll;
      this.#of = world.actors;
      this.#sorted = this.#sort([...world.actors.values()]).map(({ id }) => id);
    }
    const living = this.#sorted.map((id) => /** @type {ActorState} */ (world.actors.get(id)));
    return fading.length === 0 ? living : this.#sort([...living, ...fading]);
  }

  /** @param {ActorState[]} actors */
  #sort(actors) {
    return actors.sort((one, other) => {
      const [a, b] = [this.#keyOf(one), this.#keyOf(other)];
      return a < b ? -1 : Number(a > b);
    });
  }

  /** @param {ActorState} actor */
  #keyOf(actor) {
    const key = this.#keys.get(actor) ?? sortKey(actor.name);
    this.#keys.set(actor, key);
    return key;
  }
}

/** `Ann2` comes before `Ann10`. @param {string} name */
function sortKey(name) {
  return name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}

/** How many of each kind live. @param {World} world @returns {Map<Kind, number>} */
export function countsIn(world) {
  /** @type {Map<Kind, number>} */
  const counts = new Map();
  for (const { kind } of world.actors.values()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** @param {World} world @param {number} now @returns {ActorState[]} */
function fadingIn({ ended }, now) {
  return [...ended.values()].filter(({ endedAt }) => endedAt > now - FADING_FOR && endedAt <= now);
}
