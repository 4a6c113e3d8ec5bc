import WebSocket from 'ws';
import type { Entry } from '../../../src/protocol/entities.ts';
import type { ServerFrame, ServerFrameOf } from '../../../src/protocol/server-frames.ts';
import { breachIn, show } from '../../support/frames.ts';
import type { Citizen } from './expected.ts';

const TIME_LIMIT_MS = 10_000;

/** What one connection has been told of a room that it is in. */
export interface Told {
  /** The names of its members, once a list of them has come, and whether each is typing. */
  members: Map<string, boolean> | undefined;
  /** The id of the last entry. */
  newest: number;
}

/** Hears every entry of a room that a connection is told, in the order in which it is told them. */
export type Hear = (line: Line, room: string, entry: Entry) => void;

/** A connection. It knows what it has been told and complains of what it must not be told; it foresees nothing. */
export class Line {
  readonly label: string;
  readonly rooms = new Map<string, Told>();
  /** `pm:17`, `pm_sent:18` */
  readonly privates: string[] = [];
  readonly closed: Promise<number>;
  citizen!: Citizen;
  /** What it said it had on coming back; nothing up to here is owed to it. */
  since = 0;
  privatesSince = 0;
  name = '';
  newest = 0;
  isOpen = true;
  readonly #socket: WebSocket;
  readonly #hear: Hear;
  readonly #complain: (what: string) => void;
  readonly #awaited = new Map<string, (frame: ServerFrame) => void>();

  constructor(label: string, url: string, parts: { hear: Hear; complain: (what: string) => void }) {
    this.label = label;
    this.#hear = parts.hear;
    this.#complain = (what) => parts.complain(`${label}: ${what}`);
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
      const timer = setTimeout(() => reject(new Error(`${this.label}: no ${what} in 10 s`)), TIME_LIMIT_MS);
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
    if (breach) this.#complain(breach);
    this.#take(frame);
    const key = frame.type === 'pong' ? String(frame.ts) : 'ref' in frame ? frame.ref : undefined;
    if (key === undefined) return;
    const settle = this.#awaited.get(key);
    if (settle) settle(frame);
    // That nobody read a private message is told when that is sure, long after its ack.
    else if (frame.type !== 'error' || frame.code !== 'pm_undelivered')
      this.#complain(`nobody asked for ${show(frame)}`);
  }

  #take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'connected':
      case 'resumed':
        this.#begin(frame);
        break;
      case 'joined':
        if (this.rooms.has(frame.room)) this.#complain(`joined ${frame.room} twice`);
        this.rooms.set(frame.room, { members: undefined, newest: 0 });
        for (const entry of frame.history) this.#listen(frame.room, entry);
        this.#list(frame.room, frame.users);
        break;
      case 'left':
        if (!this.rooms.delete(frame.room)) this.#complain(`left ${frame.room} without being there`);
        break;
      case 'message':
      case 'action': {
        const { id, type, from, text, ts, room } = frame;
        if (id <= this.newest) this.#complain(`id ${id} came after ${this.newest}`);
        this.#expectNotTyping(room, from, 'posted');
        this.#listen(room, { id, type, from, text, ts });
        break;
      }
      case 'user_left':
        this.#expectNotTyping(frame.room, frame.user, 'left');
        this.#list(frame.room, frame.users);
        break;
      case 'user_joined':
        this.#list(frame.room, frame.users);
        break;
      case 'user_list':
        if (this.rooms.has(frame.room)) this.#list(frame.room, frame.users);
        break;
      case 'nick_changed':
        this.#rename(frame);
        break;
      case 'typing':
        if (frame.user === this.name) this.#complain('is told of its own typing');
        this.#in(frame.room)?.members?.set(frame.user, frame.typing);
        break;
      case 'pm':
      case 'pm_sent':
        this.privates.push(`${frame.type}:${frame.id}`);
        this.newest = Math.max(this.newest, frame.id);
        break;
      case 'presence':
        this.#complain('got presence in a small room');
        break;
    }
  }

  #begin(frame: ServerFrameOf<'connected' | 'resumed'>): void {
    this.name = frame.name;
    if (frame.type === 'resumed') {
      for (const room of frame.rooms) {
        this.rooms.set(room, { members: undefined, newest: this.since });
        for (const entry of frame.missedMessages[room] ?? []) this.#listen(room, entry);
      }
    }
    this.#awaited.get('greeting')?.(frame);
  }

  #rename({ room, users, old_name, new_name }: ServerFrameOf<'nick_changed'>): void {
    if (room !== undefined) {
      this.#list(room, users ?? []);
      return;
    }
    if (old_name !== this.name) this.#complain(`is ${this.name}, and is told that it is ${old_name} no more`);
    for (const { members } of this.rooms.values()) rename(members, old_name, new_name);
    this.name = new_name;
  }

  #listen(room: string, entry: Entry): void {
    this.newest = Math.max(this.newest, entry.id);
    const told = this.#in(room);
    if (!told) return;
    this.#hear(this, room, entry);
    told.newest = entry.id;
  }

  /** Typing is told to end before that by which it does. */
  #expectNotTyping(room: string, user: string, act: string): void {
    if (user !== this.name && this.rooms.get(room)?.members?.get(user)) {
      this.#complain(`${user} ${act} in ${room}, and is typing still`);
    }
  }

  #list(room: string, users: { name: string; typing: boolean }[]): void {
    const told = this.#in(room);
    if (told) told.members = new Map(users.map(({ name, typing }) => [name, typing]));
  }

  /** What is not theirs must not come to them. */
  #in(room: string): Told | undefined {
    const told = this.rooms.get(room);
    if (!told) this.#complain(`is told of ${room} without being in it`);
    return told;
  }
}

function rename(members: Told['members'], before: string, after: string): void {
  const typing = members?.get(before);
  if (typing === undefined) return;
  members?.delete(before);
  members?.set(after, typing);
}

let counted = 0;
