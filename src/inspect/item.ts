import type { EncodedFrame } from '../protocol/encode.ts';
import type { FeedFrame } from './wire.ts';

/** What may be left out for a viewer that reads too slowly; all else it gets, or it is closed. */
export type Weight = 'needed' | 'droppable';

/**
 * A frame on its way to viewers. It is made when the first of them is written to, off the path of the event that it
 * tells of, and then it is the same for all; one that is dropped was never made.
 */
export class Item {
  readonly weight: Weight;
  readonly #make: () => FeedFrame | string;
  #encoded: EncodedFrame | undefined;
  #isBroken = false;

  /** @param make the frame, or its JSON */
  constructor(weight: Weight, make: () => FeedFrame | string) {
    this.weight = weight;
    this.#make = make;
  }

  /**
   * @param failed told once when it cannot be made; looking at an actor must never harm more than the look
   * @returns undefined then
   */
  encoded(failed: (error: unknown) => void): EncodedFrame | undefined {
    if (this.#encoded || this.#isBroken) return this.#encoded;
    try {
      const made = this.#make();
      this.#encoded = { json: typeof made === 'string' ? made : JSON.stringify(made), wire: undefined };
    } catch (error) {
      this.#isBroken = true;
      failed(error);
    }
    return this.#encoded;
  }
}
