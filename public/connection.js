// @ts-check
/** @import { ClientFrame } from '../src/protocol/client-frames.ts' */
/** @import { ServerFrame } from '../src/protocol/server-frames.ts' */

/**
 * @typedef {{ name: 'idle' | 'connecting' | 'online' }
 *   | { name: 'waiting', until: number }
 *   | { name: 'ended', code: number }} ConnectionStatus `until` is in milliseconds since the epoch
 *
 * @typedef {object} Owner
 * @property {() => Record<string, string>} parameters of the URL, asked for at each attempt
 * @property {(frame: ServerFrame, asked: ClientFrame | undefined) => void} frameArrived
 *   `asked` is the frame of this page that it answers
 * @property {(status: ConnectionStatus) => void} statusChanged
 */

/** Closed with one of these, the server does not want us back: log-out, flood, ended elsewhere. */
const FINAL_CODES = new Set([1000, 1008, 4003]);
const OVERLOADED = 1013;

/** Milliseconds. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
const OVERLOADED_DELAY = 5_000;
/** The server pings every 25 s: silence this long means that the line is dead. */
const SILENCE_MAX = 60_000;
/** Online this long, the next loss starts again with the first delay. */
const STEADY_AFTER = 5_000;

/** The WebSocket with everything that keeps it alive: backing off, resuming, and matching answers by `ref`. */
export class Connection {
  #owner;
  /** @type {WebSocket | undefined} */
  #socket;
  /** @type {ConnectionStatus} */
  #status = { name: 'idle' };
  #attempts = 0;
  #onlineSince = 0;
  /** @type {number | undefined} */
  #retryTimer;
  /** @type {number | undefined} */
  #silenceTimer;
  /** @type {Map<string, { frame: ClientFrame, resolve: (answer: ServerFrame | undefined) => void }>} */
  #pending = new Map();
  #refPrefix = crypto.getRandomValues(new Uint32Array(2)).join('-');
  #refCount = 0;

  /** @param {Owner} owner */
  constructor(owner) {
    this.#owner = owner;
    addEventListener('online', () => this.#retryAtOnce());
  }

  open() {
    this.#attempts = 0;
    this.#connect();
  }

  /** @param {ClientFrame} frame */
  send(frame) {
    if (this.#status.name === 'online') this.#socket?.send(JSON.stringify(frame));
  }

  /**
   * Sends a frame with a `ref` of its own.
   * @param {ClientFrame} frame
   * @returns {Promise<ServerFrame | undefined>} the answer, or undefined when the connection ended before it
   */
  request(frame) {
    if (this.#status.name !== 'online') return Promise.resolve(undefined);
    const ref = `${this.#refPrefix}-${++this.#refCount}`;
    const withRef = { ...frame, ref };
    return new Promise((resolve) => {
      this.#pending.set(ref, { frame: withRef, resolve });
      this.send(withRef);
    });
  }

  /** Sends again what was posted but not acknowledged when the line broke: its `ref` keeps it from doubling. */
  resendUnanswered() {
    for (const { frame } of this.#pending.values()) if (isPost(frame)) this.send(frame);
  }

  #connect() {
    this.#retryTimer = undefined;
    this.#setStatus({ name: 'connecting' });
    const url = new URL('ws/chat', document.baseURI);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    url.search = new URLSearchParams(this.#owner.parameters()).toString();

    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#expectSign();
    socket.onmessage = ({ data }) => {
      this.#expectSign();
      this.#take(JSON.parse(data));
    };
    socket.onclose = ({ code }) => this.#lose(code);
  }

  /** @param {ServerFrame} frame */
  #take(frame) {
    if (frame.type === 'connected' || frame.type === 'resumed') {
      this.#onlineSince = Date.now();
      this.#setStatus({ name: 'online' });
    }
    const ref = 'ref' in frame ? frame.ref : undefined;
    const asked = ref === undefined ? undefined : this.#pending.get(ref);
    this.#owner.frameArrived(frame, asked?.frame);
    if (ref !== undefined) this.#pending.delete(ref);
    asked?.resolve(frame);
  }

  /** @param {number} code */
  #lose(code) {
    const isFinal = FINAL_CODES.has(code);
    clearTimeout(this.#silenceTimer);
    this.#socket = undefined;
    for (const [ref, { frame, resolve }] of this.#pending) {
      if (!isFinal && isPost(frame)) continue;
      this.#pending.delete(ref);
      resolve(undefined);
    }
    if (isFinal) {
      this.#setStatus({ name: 'ended', code });
      return;
    }
    if (this.#onlineSince > 0 && Date.now() - this.#onlineSince > STEADY_AFTER) this.#attempts = 0;
    this.#onlineSince = 0;
    const delay = delayBefore(this.#attempts++, code);
    this.#retryTimer = setTimeout(() => this.#connect(), delay);
    this.#setStatus({ name: 'waiting', until: Date.now() + delay });
  }

  #retryAtOnce() {
    if (this.#retryTimer === undefined) return;
    clearTimeout(this.#retryTimer);
    this.#connect();
  }

  #expectSign() {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => {
      const socket = this.#socket;
      if (!socket) return;
      // A dead line cannot finish a closing handshake: go on without waiting for it.
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
      this.#lose(1006);
    }, SILENCE_MAX);
  }

  /** @param {ConnectionStatus} status */
  #setStatus(status) {
    this.#status = status;
    this.#owner.statusChanged(status);
  }
}

/**
 * What a person wrote must not get lost; a query is simply asked again.
 * @param {ClientFrame} frame
 */
function isPost({ type }) {
  return type === 'message' || type === 'pm';
}

/**
 * Twice as long each time, and never two pages in step: a server that comes back is not run over.
 * @param {number} attempts since the connection last held
 * @param {number} code of the close
 * @returns {number} milliseconds
 */
function delayBefore(attempts, code) {
  const least = code === OVERLOADED ? OVERLOADED_DELAY : FIRST_DELAY;
  return Math.min(least * 2 ** attempts, LONGEST_DELAY) * (0.5 + Math.random() / 2);
}
