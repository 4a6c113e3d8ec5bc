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
  readonly #make: () => FeedFrame;
  #encoded: EncodedFrame | undefined;

  constructor(weight: Weight, make: () => FeedFrame) {
    this.weight = weight;
    this.#make = make;
  }

  get encoded(): EncodedFrame {
    this.#encoded ??= { json: JSON.stringify(this.#make()), wire: undefined };
    return this.#encoded;
  }
}
