import WebSocket from 'ws';
import type { ServerFrame, ServerFrameOf, ServerFrameType } from '../../src/protocol/server-frames.ts';
import { breachIn, idsOf, matching, show, type Where } from './frames.ts';
import { Inbox } from './inbox.ts';

export type Query = Record<string, string | number | undefined>;
export type ClientOptions = WebSocket.ClientOptions;

/**
 * A chat client that remembers all it received and believes none of it: every frame is held against the
 * contract's schemas, and ids must rise. `next` takes a frame out of what is unread; `frames` keeps all.
 */
export class ChatClient {
  readonly socket: WebSocket;
  readonly #inbox = new Inbox<ServerFrame>('frame');
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #opened: Promise<void>;
  #newestId = 0;

  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, options);
    this.socket.on('message', (data, isBinary) => this.#receive(data.toString(), isBinary));
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => {
        this.#inbox.end(`closed with ${code} ${reason}`);
        resolve({ code, reason: reason.toString() });
      });
    });
    this.#opened = new Promise((resolve, reject) => {
      this.socket.on('open', resolve);
      this.socket.on('error', reject);
    });
    // A refused upgrade is of interest only to whoever awaits it.
    this.#opened.catch(() => {});
  }

  async opened(): Promise<this> {
    await this.#opened;
    return this;
  }

  /** All frames so far, read or not, in the order in which they came. */
  get frames(): readonly ServerFrame[] {
    return this.#inbox.all;
  }

  /** What the contract was broken by, if it was. */
  get violations(): readonly string[] {
    return this.#inbox.violations;
  }

  /** The first frame: who this client is. */
  get me(): ServerFrameOf<'connected' | 'resumed'> {
    const first = this.frames[0];
    if (first?.type === 'connected' || first?.type === 'resumed') return first;
    throw new Error(`the first frame is neither connected nor resumed: ${JSON.stringify(first)}`);
  }

  /** The greatest id that this connection has seen: the cursor of a resume. */
  get cursor(): number {
    return Math.max(0, ...this.frames.flatMap(idsOf));
  }

  send(frame: object): void {
    this.sendRaw(JSON.stringify(frame));
  }

  sendRaw(data: string | Buffer): void {
    this.socket.send(data);
  }

  /** Takes the first unread frame of a type, now or when it comes. */
  next<T extends ServerFrameType>(type: T, where: Where<T> = {}): Promise<ServerFrameOf<T>> {
    return this.#inbox.next(matching(type, where)) as Promise<ServerFrameOf<T>>;
  }

  /** Sends a frame with a `ref` of its own and takes the frame that repeats it. */
  ask(frame: object): Promise<ServerFrame & { ref: string }> {
    const ref = `ask-${++asked}`;
    this.send({ ...frame, ref });
    const answer = this.#inbox.next({
      test: (each) => 'ref' in each && each.ref === ref,
      words: `ref ${ref}`,
    });
    return answer as Promise<ServerFrame & { ref: string }>;
  }

  /** Posts, and takes both the message and its `ack`. */
  async say(room: string, text: string): Promise<ServerFrameOf<'message'>> {
    const ack = await this.ask({ type: 'message', room, text });
    if (ack.type !== 'ack')
      throw new Error(`expected an ack of ${JSON.stringify(text.slice(0, 80))}, got ${show(ack)}`);
    return this.next('message', { id: ack.id });
  }

  async join(room: string): Promise<ServerFrameOf<'joined'>> {
    const answer = await this.ask({ type: 'join', room });
    if (answer.type !== 'joined') throw new Error(`expected to join ${room}, got ${show(answer)}`);
    return answer;
  }

  async leave(room: string): Promise<ServerFrameOf<'left'>> {
    const answer = await this.ask({ type: 'leave', room });
    if (answer.type !== 'left') throw new Error(`expected to leave ${room}, got ${show(answer)}`);
    return answer;
  }

  /** A round trip: what the server sent before its `pong` has arrived when this resolves. */
  async settle(): Promise<this> {
    const ts = `settle-${++asked}`;
    this.send({ type: 'ping', ts });
    await this.next('pong', { ts });
    return this;
  }

  /** Unread frames of a type, after a round trip. */
  async unread<T extends ServerFrameType>(type: T, where: Where<T> = {}): Promise<ServerFrameOf<T>[]> {
    await this.settle();
    return this.#inbox.unread(matching(type, where)) as ServerFrameOf<T>[];
  }

  /** Fails when, after a round trip, there is an unread frame of the type. */
  async expectNone<T extends ServerFrameType>(type: T, where: Where<T> = {}): Promise<void> {
    const found = await this.unread(type, where);
    if (found.length > 0) throw new Error(`expected no ${type}, got ${found.map(show).join('\n')}`);
  }

  /** Everything that arrives while `action` runs and in the round trip after it. */
  async during(action: () => unknown): Promise<ServerFrame[]> {
    await this.settle();
    const before = this.frames.length;
    await action();
    await this.settle();
    return this.frames.slice(before).filter((frame) => frame.type !== 'pong');
  }

  /** Marks all that came so far as read. */
  async forget(): Promise<this> {
    await this.settle();
    this.#inbox.forget();
    return this;
  }

  /** Closes in the proper way. */
  async close(): Promise<void> {
    this.socket.close(1000);
    await this.closed;
  }

  /** Breaks the connection, like a network that goes away. */
  async drop(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }

  #receive(data: string, isBinary: boolean): void {
    if (isBinary) {
      this.#inbox.violate(`a binary frame: ${data.slice(0, 200)}`);
      return;
    }
    let frame: ServerFrame;
    try {
      frame = JSON.parse(data);
    } catch {
      this.#inbox.violate(`not JSON: ${data.slice(0, 200)}`);
      return;
    }
    const breach = breachIn(frame, data);
    if (breach) this.#inbox.violate(breach);
    this.#checkOrder(frame);
    this.#inbox.add(frame);
  }

  /** What is published live comes in id order, each id once; a message to oneself is both `pm` and `pm_sent`. */
  #checkOrder(frame: ServerFrame): void {
    if (
      frame.type !== 'message' &&
      frame.type !== 'action' &&
      frame.type !== 'pm' &&
      frame.type !== 'pm_sent'
    )
      return;
    const toOneself =
      frame.id === this.#newestId &&
      this.frames.some(
        (each) =>
          'id' in each && each.id === frame.id && each.type.startsWith('pm') && each.type !== frame.type,
      );
    if (frame.id <= this.#newestId && !toOneself) {
      this.#inbox.violate(`id ${frame.id} came after ${this.#newestId}: ${show(frame)}`);
    }
    this.#newestId = Math.max(this.#newestId, frame.id);
  }
}

let asked = 0;
