// @ts-check
/** @import { ClientFrame } from '../../src/protocol/client-frames.ts' */
/** @import { ServerFrame } from '../../src/protocol/server-frames.ts' */

/** What was asked and not yet answered, by `ref`. */
export class Requests {
  /** @type {Map<string, { frame: ClientFrame, resolve: (answer: ServerFrame | undefined) => void }>} */
  #pending = new Map();

  /**
   * @param {ClientFrame & { ref: string }} frame
   * @returns {Promise<ServerFrame | undefined>} the answer, or undefined when the connection ended before it
   */
  expect(frame) {
    return new Promise((resolve) => this.#pending.set(frame.ref, { frame, resolve }));
  }

  /** @param {ServerFrame} frame @returns {ClientFrame | undefined} the frame of this page that it answers */
  askedFor(frame) {
    const ref = 'ref' in frame ? frame.ref : undefined;
    return ref === undefined ? undefined : this.#pending.get(ref)?.frame;
  }

  /** @param {ServerFrame} frame */
  settle(frame) {
    const ref = 'ref' in frame ? frame.ref : undefined;
    if (ref === undefined) return;
    const asked = this.#pending.get(ref);
    this.#pending.delete(ref);
    asked?.resolve(frame);
  }

  /** The connection is gone: nobody will answer. */
  dropAll() {
    const dropped = [...this.#pending.values()];
    this.#pending.clear();
    for (const { resolve } of dropped) resolve(undefined);
  }
}
