// @ts-check
import { memory } from './memory.js';

/**
 * How a session that the server has forgotten goes on: `found` is the secret of the new one, `isNamesake` says whether
 * it kept the name.
 * @typedef {{ lost: string, found: string, isNamesake: boolean }} Heir
 */

/**
 * Tabs that shared a session share the next: when the server has forgotten it, each comes back as someone new, and all
 * but one give that up again. And when one of them logs out, all do, with or without a server to tell them.
 */
export class Succession {
  #tabs =
    typeof BroadcastChannel === 'undefined'
      ? undefined
      : new BroadcastChannel(`troupe.session ${new URL('.', document.baseURI).pathname}`);
  /** @type {Heir | undefined} */
  #own;

  /**
   * @param {object} owner
   * @param {(session: string) => void} owner.adopt goes on with that session
   * @param {() => void} owner.end another tab has logged out
   */
  constructor({ adopt, end }) {
    if (!this.#tabs) return;
    this.#tabs.onmessage = ({ data }) => {
      if ('ended' in data) {
        if (memory.session.get() === data.ended) end();
        return;
      }
      const heir = /** @type {Heir} */ (data);
      const isOurs = this.#own?.lost === heir.lost;
      if (isOurs ? this.#own && precedes(heir, this.#own) : memory.session.get() === heir.lost) {
        this.#own = undefined;
        adopt(heir.found);
      }
    };
  }

  /** @param {Heir} heir */
  announce(heir) {
    this.#own = heir;
    this.#tabs?.postMessage(heir);
  }

  /** The user has logged out. @param {string} session empty where storage is forbidden: no tab shares it then */
  end(session) {
    if (session !== '') this.#tabs?.postMessage({ ended: session });
  }
}

/** The one that kept the name goes on; any rule will do that all tabs share. @param {Heir} one @param {Heir} other */
function precedes(one, other) {
  if (one.isNamesake !== other.isNamesake) return one.isNamesake;
  return one.found < other.found;
}
