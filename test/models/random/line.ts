import WebSocket from 'ws';
import type { ServerFrame, ServerFrameOf } from '../../../src/protocol/server-frames.ts';
import { breachIn, show } from '../../support/frames.ts';
import { PATIENCE_MS } from '../../support/patience.mjs';
import type { Citizen } from './expected.ts';
import { Listener, type Parts } from './listener.ts';

/** A connection. It foresees nothing. */
export class Line extends Listener {
  readonly closed: Promise<number>;
  citizen!: Citizen;
  /** What it must be told that nobody has read. */
  readonly due: string[] = [];
  isOpen = true;
  readonly #socket: WebSocket;
  readonly #awaited = new Map<string, (frame: ServerFrame) => void>();

  constructor(label: string, url: string, parts: Parts) {
    super(label, parts);
    this.#socket = new WebSocket(url, { perMessageDeflate: false });
    this.#socket.on('message', (data) => this.#receive(data.toString()));
    this.#socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      this.#socket.on('close', (code) => {
        this.isOpen = false;
        resolve(code);
        for (const settle of this.#awaited.values()) settle({ type: 'pong', ts: null });
      });
    });
  }

  greeting(): Promise<ServerFrameOf<'connected' | 'resumed'>> {
    return this.#await('greeting') as Promise<ServerFrameOf<'connected' | 'resumed'>>;
  }

  send(data: object | string | Buffer): void {
    const isRaw = typeof data === 'string' || Buffer.isBuffer(data);
    this.#socket.send(isRaw ? data : JSON.stringify(data));
  }

  /** Asks with a `ref`, and resolves with the frame that repeats it. */
  ask(frame: object, ref = `r${++counted}`): Promise<ServerFrame> {
    const answer = this.#await(ref);
    this.send({ ...frame, ref });
    return answer;
  }

  /** Resolves when all that was sent to it before has arrived. */
  async settle(): Promise<void> {
    if (!this.isOpen) return;
    const ts = `t${++counted}`;
    const pong = this.#await(ts);
    this.#socket.send(`{"type":"ping","ts":"${ts}"}`);
    await pong;
  }

  async vanish(how: 'close' | 'drop'): Promise<void> {
    if (how === 'close') this.#socket.close(1000);
    else this.#socket.terminate();
    await this.closed;
  }

  #await(what: string): Promise<ServerFrame> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.label}: no ${what} in time`)), PATIENCE_MS);
      this.#awaited.set(what, (frame) => {
        clearTimeout(timer);
        this.#awaited.delete(what);
        resolve(frame);
      });
    });
  }

  #receive(data: string): void {
    const frame: ServerFrame = JSON.parse(data);
    const breach = breachIn(frame, data);
    if (breach) this.complain(breach);
    this.take(frame);
    if (frame.type === 'connected' || frame.type === 'resumed') this.#awaited.get('greeting')?.(frame);
    const key = frame.type === 'pong' ? String(frame.ts) : 'ref' in frame ? frame.ref : undefined;
    if (key === undefined) return;
    const settle = this.#awaited.get(key);
    if (settle) settle(frame);
    // That nobody read a private message is told when that is sure, long after its ack.
    else if (frame.type !== 'error' || frame.code !== 'pm_undelivered')
      this.complain(`nobody asked for ${show(frame)}`);
  }
}

let counted = 0;
