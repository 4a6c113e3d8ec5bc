import WebSocket from 'ws';
import type { ServerFrame, ServerFrameOf } from '../../src/protocol/server-frames.ts';
import type { Note, Target } from './log.ts';
import { oneOf, type Random } from './random.ts';

/** Rooms that everybody is in, and one that they go into and out of. */
export const ROOMS = ['general', 'attic', 'den'];
export const PORCH = 'porch';
/** Messages sent and not yet acknowledged. */
const IN_FLIGHT = 3;
/** Milliseconds between two questions whether the server is there, and without an answer until it is given up. */
const PROBE_EVERY = 500;
const SILENCE_MAX = 5_000;

type WithoutWho<T> = T extends unknown ? Omit<T, 'who'> : never;

interface Send {
  ref: string;
  to: Target;
  text: string;
}

/** Somebody who writes and writes, comes back whenever the line breaks, and notes down everything. */
export class ChaosClient {
  readonly name: string;
  readonly #url: string;
  readonly #random: Random;
  readonly #notes: Note[];
  readonly #others: readonly string[];
  readonly #unacked: Send[] = [];
  readonly #known = new Set<string>();
  #socket: WebSocket | undefined;
  #secret: string | undefined;
  #connection = 0;
  #count = 0;
  /** The newest id up to which everything has come; what comes behind a resume counts when it has ended. */
  #cursor = 0;
  #newest = 0;
  /** The cursor that this connection was opened with: what lies below it must not come again. */
  #since = 0;
  readonly #seen = new Set<number>();
  #isCaughtUp = false;
  #isOnPorch = false;
  #isDone = false;
  #isProbed = false;
  #isGone = false;

  constructor(parts: {
    name: string;
    url: string;
    random: Random;
    notes: Note[];
    others: readonly string[];
  }) {
    this.name = parts.name;
    this.#url = parts.url;
    this.#random = parts.random;
    this.#notes = parts.notes;
    this.#others = parts.others;
    this.#connect();
  }

  get secret(): string | undefined {
    return this.#secret;
  }

  get cursor(): number {
    return this.#cursor;
  }

  get isSettled(): boolean {
    return this.#isCaughtUp && this.#unacked.length === 0;
  }

  /** Whether all has come that was sent before `probe` was called. */
  get isProbed(): boolean {
    return this.#isProbed;
  }

  probe(): void {
    this.#isProbed = false;
    this.#send({ type: 'ping', ts: 'probe' });
  }

  /** Sends nothing new from now on; what is not acknowledged is still sent again. */
  finish(): void {
    this.#isDone = true;
  }

  leave(): void {
    this.#isGone = true;
    this.#socket?.terminate();
  }

  #connect(): void {
    const query = new URLSearchParams({ name: this.name, lastMsgId: String(this.#cursor) });
    if (this.#secret !== undefined) query.set('session', this.#secret);
    const socket = new WebSocket(`${this.#url}/ws/chat?${query}`, { handshakeTimeout: 3_000 });
    this.#socket = socket;
    this.#connection += 1;
    this.#since = this.#cursor;
    this.#isCaughtUp = false;
    // Answered behind all that a resume brings: until then the greatest id seen is no cursor.
    socket.on('open', () => socket.send(JSON.stringify({ type: 'ping', ts: 'caught up' })));
    socket.on('message', (data) => this.#take(JSON.parse(data.toString())));
    socket.on('error', () => {});
    let heardAt = Date.now();
    socket.on('message', () => {
      heardAt = Date.now();
    });
    const probe = setInterval(() => {
      if (Date.now() - heardAt > SILENCE_MAX) socket.terminate();
      else if (socket.readyState === WebSocket.OPEN)
        socket.send(JSON.stringify({ type: 'ping', ts: 'there?' }));
    }, PROBE_EVERY);
    socket.on('close', () => {
      clearInterval(probe);
      if (!this.#isGone) setTimeout(() => this.#connect(), 10 + this.#random() * 90);
    });
  }

  #take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'connected':
        this.#secret = frame.session_id;
        this.#note({ kind: 'connected' });
        break;
      case 'resumed':
        this.#takeResumed(frame);
        break;
      case 'joined':
        this.#takeJoined(frame.room, frame.history.at(-1)?.id ?? 0);
        break;
      case 'left':
        this.#isOnPorch = false;
        break;
      case 'message':
        this.#receive(frame.room, frame);
        break;
      case 'pm':
        this.#receivePrivate(frame.from, this.name, frame);
        break;
      case 'pm_sent':
        this.#receivePrivate(this.name, frame.to, frame);
        break;
      case 'ack':
        this.#takeAck(frame);
        break;
      case 'error':
        if (!frame.ref?.startsWith('porch')) {
          this.#note({ kind: 'refused', code: frame.code, message: frame.message });
        }
        break;
      case 'pong':
        if (frame.ts === 'caught up') this.#goOn();
        if (frame.ts === 'caught up' || frame.ts === 'probe') this.#isProbed = true;
        break;
    }
  }

  #takeResumed({ session_id, recovered, rooms, missedMessages }: ServerFrameOf<'resumed'>): void {
    this.#secret = session_id;
    this.#note({ kind: 'resumed', recovered, rooms });
    this.#isOnPorch = rooms.includes(PORCH);
    for (const room of rooms) if (!this.#known.has(room)) this.#takeJoined(room, this.#cursor);
    const missed = Object.entries(missedMessages).flatMap(([room, entries]) =>
      entries.filter(({ type }) => type !== 'system').map((entry) => ({ room, entry })),
    );
    for (const { room, entry } of missed) this.#receive(room, entry);
  }

  #takeJoined(room: string, from: number): void {
    if (room === PORCH) this.#isOnPorch = true;
    else if (!this.#known.has(room)) this.#note({ kind: 'joined', room, from });
    this.#known.add(room);
    this.#writeOn();
  }

  #receive(room: string, { id, from, text }: { id: number; from: string; text: string }): void {
    if (this.#isKnown(id)) return;
    if (room !== PORCH) this.#note({ kind: 'received', connection: this.#connection, id, room, from, text });
    this.#see(id);
  }

  #receivePrivate(from: string, to: string, { id, text }: { id: number; text: string }): void {
    if (this.#isKnown(id)) return;
    this.#note({ kind: 'private', connection: this.#connection, id, from, to, text });
    this.#see(id);
  }

  /** A resume that broke off before its end is begun again: what of it was seen comes again, and is no fault. */
  #isKnown(id: number): boolean {
    return id > this.#since && this.#seen.has(id);
  }

  #see(id: number): void {
    this.#seen.add(id);
    this.#newest = Math.max(this.#newest, id);
    if (this.#isCaughtUp) this.#cursor = this.#newest;
  }

  #takeAck({ ref, id }: ServerFrameOf<'ack'>): void {
    this.#note({ kind: 'acked', ref, id });
    const at = this.#unacked.findIndex((send) => send.ref === ref);
    if (at >= 0) this.#unacked.splice(at, 1);
    setTimeout(() => this.#writeOn(), this.#random() * 10);
  }

  /** All that was missed is here. What was not acknowledged goes out again, in its order, before anything new. */
  #goOn(): void {
    this.#isCaughtUp = true;
    this.#cursor = this.#newest;
    // Into the first the server puts everybody by itself.
    for (const room of ROOMS.slice(1)) if (!this.#known.has(room)) this.#send({ type: 'join', room });
    for (const send of this.#unacked) this.#post(send);
    this.#writeOn();
  }

  #writeOn(): void {
    if (!ROOMS.every((room) => this.#known.has(room))) return;
    while (!this.#isDone && this.#isCaughtUp && this.#unacked.length < IN_FLIGHT) {
      if (this.#random() < 0.05) this.#crossThePorch();
      const isPrivate = this.#random() < 0.2;
      const ref = `${++this.#count}`;
      const to: Target = isPrivate
        ? { user: oneOf(this.#random, this.#others) }
        : {
            room: oneOf(this.#random, ROOMS),
          };
      const send = { ref, to, text: `${this.name} ${ref}` };
      this.#note({ kind: 'sent', ...send });
      this.#unacked.push(send);
      this.#post(send);
    }
  }

  #crossThePorch(): void {
    this.#send({ type: this.#isOnPorch ? 'leave' : 'join', room: PORCH, ref: `porch ${++this.#count}` });
  }

  #post({ ref, to, text }: Send): void {
    if ('room' in to) this.#send({ type: 'message', room: to.room, text, ref });
    else this.#send({ type: 'pm', to: to.user, text, ref });
  }

  #send(frame: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #note(note: WithoutWho<Note>): void {
    this.#notes.push({ who: this.name, ...note } as Note);
  }
}
