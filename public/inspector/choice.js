// @ts-check
/** @import { World } from './record/world.js' */

/** Whom one looks at, and whom one goes on hearing of: by id, and by name where the id is not known, or not any longer. */
export class Choice {
  chosen = '';
  /** @type {Set<string>} ids */
  followed = new Set();
  /** The name of the one to choose once it is there: from the address, or from an earlier life of the server. */
  #hoped = '';
  /** @type {Set<string>} names of those who were followed in that life */
  #hopedToFollow = new Set();

  /** @param {string} id empty for none */
  choose(id) {
    this.chosen = id;
    this.#hoped = '';
  }

  /** @param {string} name of an actor, which may come yet */
  hopeFor(name) {
    this.#hoped = name;
  }

  /** Goes on hearing of the chosen one when another is chosen, or no longer. */
  toggleFollowing() {
    if (this.chosen === '') return;
    if (!this.followed.delete(this.chosen)) this.followed.add(this.chosen);
  }

  /** The server has been started again, and all ids are others. @param {World} world as it was until now */
  remember(world) {
    if (this.#hoped === '') this.#hoped = world.find(this.chosen)?.name ?? '';
    for (const id of this.followed) this.#hopedToFollow.add(world.find(id)?.name ?? '');
  }

  /**
   * Looks whether those who are hoped for are there.
   * @param {World} world as it is by now
   * @param {{ isListed: boolean, isInSight: (id: string) => boolean }} how whether the list is complete, and whether one
   *   is there at the moment that is looked at
   * @returns {boolean} whether something else is looked at now
   */
  recover(world, { isListed, isInSight }) {
    if (isListed) this.#recoverFollowed(world);
    if (this.#hoped === '') return false;
    const known = world.actors.get(this.chosen);
    const found = known?.name === this.#hoped ? known : called(this.#hoped, world);
    if (!found || !isInSight(found.id)) return false;
    const isOther = this.chosen !== found.id;
    this.chosen = found.id;
    // Until the list is complete, what bears the name may be left over from before.
    if (isListed) this.#hoped = '';
    return isOther;
  }

  /** @param {World} world */
  #recoverFollowed({ actors }) {
    if (this.#hopedToFollow.size === 0) return;
    for (const id of this.followed) if (!actors.has(id)) this.followed.delete(id);
    for (const { id, name } of actors.values()) if (this.#hopedToFollow.has(name)) this.followed.add(id);
    this.#hopedToFollow.clear();
  }
}

/** @param {string} name @param {World} world */
function called(name, { actors }) {
  for (const actor of actors.values()) if (actor.name === name) return actor;
  return undefined;
}
