// @ts-check
import { createActor } from 'xstate';
import { mintRef } from '../ref.js';
import { ENDED_ELSEWHERE } from './close-codes.js';
import { connectionMachine } from './machine.js';
import { Requests } from './requests.js';
import { watchBrowser } from './wake.js';

/** @import { ClientFrame } from '../../src/protocol/client-frames.ts' */
/** @import { AnyActorRef, InspectionEvent } from 'xstate' */
/** @import { ServerFrame } from '../../src/protocol/server-frames.ts' */

/**
 * `again` tells a return from a first coming; `until` is in milliseconds since the epoch; `code` is the close's, 0 when
 * the user logged out.
 * @typedef {{ name: 'idle' | 'online' | 'offline' }
 *   | { name: 'connecting', again: boolean }
 *   | { name: 'waiting', until: number, again: boolean }
 *   | { name: 'ended', code: number }} ConnectionStatus
 *
 * @typedef {object} Owner
 * @property {() => Record<string, string>} parameters of the URL, asked for at each attempt
 * @property {(frame: ServerFrame, asked: ClientFrame | undefined) => void} frameArrived
 *   `asked` is the frame of this page that it answers
 * @property {(status: ConnectionStatus) => void} statusChanged
 */

/** The connection as the rest of the page sees it: frames out, frames in, answers by `ref`, and a status. */
export class Connection {
  #actor;
  #requests = new Requests();
  /** What the server is told that this page is called by those who inspect it; empty for nothing. */
  #tag = '';
  /** @type {ConnectionStatus} */
  status = { name: 'idle' };

  /** @param {Owner} owner */
  constructor({ parameters, frameArrived, statusChanged }) {
    this.#actor = createActor(connectionMachine, {
      input: {
        parameters: () => ({ ...parameters(), ...(this.#tag && { inspect: this.#tag }) }),
        frameArrived: (frame) => {
          frameArrived(frame, this.#requests.askedFor(frame));
          this.#requests.settle(frame);
        },
      },
    });
    this.#actor.subscribe((snapshot) => {
      const status = statusOf(snapshot);
      if (JSON.stringify(status) === JSON.stringify(this.status)) return;
      const wasOnline = this.status.name === 'online';
      this.status = status;
      if (wasOnline) this.#requests.dropAll();
      statusChanged(status);
    });
    this.#actor.start();
    watchBrowser((event) => this.#actor.send(event));
  }

  open() {
    this.#actor.send({ type: 'connection.open' });
  }

  /**
   * Lets someone watch the machine; from the next attempt to connect on, the server calls it by the tag too.
   * @param {string} tag
   * @param {(inspected: InspectionEvent) => void} observer
   * @returns {AnyActorRef} the machine's actor, to look at
   */
  beInspected(tag, observer) {
    this.#tag = tag;
    this.#actor.system.inspect(observer);
    return this.#actor;
  }

  /** Ends the session, for all its connections; without one, for this page. */
  quit() {
    this.#actor.send({ type: 'session.quit' });
  }

  /** Another tab has ended the session. */
  end() {
    this.#actor.send({ type: 'session.ended', code: ENDED_ELSEWHERE });
  }

  /** Connects anew as another session, and ends the one that there is. */
  replace() {
    this.#requests.dropAll();
    this.send({ type: 'quit' });
    this.#actor.send({ type: 'session.replaced' });
  }

  retryNow() {
    this.#actor.send({ type: 'retry.now' });
  }

  /** @param {ClientFrame} frame */
  send(frame) {
    this.#actor.send({ type: 'frame.send', frame });
  }

  /**
   * Sends a frame that is answered.
   * @param {ClientFrame} frame gets a `ref` if it has none
   * @returns {Promise<ServerFrame | undefined>} the answer, or undefined when the connection ended before it
   */
  request(frame) {
    if (this.status.name !== 'online') return Promise.resolve(undefined);
    const withRef = { ...frame, ref: frame.ref ?? mintRef() };
    const answer = this.#requests.expect(withRef);
    this.send(withRef);
    return answer;
  }

  /**
   * The same, and when too much was asked too fast, again after the time that the server names.
   * @param {ClientFrame} frame
   */
  async requestPatiently(frame) {
    for (;;) {
      const answer = await this.request(frame);
      if (answer?.type !== 'error' || answer.code !== 'rate_limited') return answer;
      await pause(answer.retry_after);
    }
  }
}

/** @param {number} [seconds] @returns {Promise<void>} */
export function pause(seconds = 1) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
}

/**
 * @param {import('xstate').SnapshotFrom<typeof connectionMachine>} snapshot
 * @returns {ConnectionStatus}
 */
function statusOf(snapshot) {
  const { again, until, code } = snapshot.context;
  if (snapshot.matches({ linked: 'connecting' })) return { name: 'connecting', again };
  if (snapshot.matches('linked')) return { name: 'online' };
  if (snapshot.matches('waiting')) return { name: 'waiting', until, again };
  if (snapshot.matches('offline')) return { name: 'offline' };
  if (snapshot.matches('ended')) return { name: 'ended', code };
  return { name: 'idle' };
}
