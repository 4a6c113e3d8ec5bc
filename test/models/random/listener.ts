import type { Entry } from '../../../src/protocol/entities.ts';
import type { ServerFrame, ServerFrameOf } from '../../../src/protocol/server-frames.ts';

/** What one connection has been told of a room that it is in. */
export interface Told {
  /** The names of its members, once a list of them has come, and whether each is typing. */
  members: Map<string, boolean> | undefined;
  /** The id of the last entry. */
  newest: number;
}

/** Hears every entry of a room that a connection is told, in the order in which it is told them. */
export type Hear = (listener: Listener, room: string, entry: Entry) => void;

export interface Parts {
  hear: Hear;
  complain: (what: string) => void;
}

/** What one connection has been told, taken together. It complains of what must not come to it. */
export class Listener {
  readonly label: string;
  readonly rooms = new Map<string, Told>();
  /** `pm:17`, `pm_sent:18` */
  readonly privates: string[] = [];
  /** The refs of private messages of its own that nobody has read and nobody will. */
  readonly undelivered: string[] = [];
  /** What it said it had on coming back; nothing up to here is owed to it. */
  since = 0;
  privatesSince = 0;
  name = '';
  newest = 0;
  protected readonly complain: (what: string) => void;
  readonly #hear: Hear;

  constructor(label: string, parts: Parts) {
    this.label = label;
    this.#hear = parts.hear;
    this.complain = (what) => parts.complain(`${label}: ${what}`);
  }

  /** Takes note of a frame, and complains when it must not have come. */
  protected take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'connected':
      case 'resumed':
        this.#begin(frame);
        break;
      case 'joined':
        if (this.rooms.has(frame.room)) this.complain(`joined ${frame.room} twice`);
        this.rooms.set(frame.room, { members: undefined, newest: 0 });
        for (const entry of frame.history) this.#listen(frame.room, entry);
        this.#list(frame.room, frame.users);
        break;
      case 'left':
        if (!this.rooms.delete(frame.room)) this.complain(`left ${frame.room} without being there`);
        break;
      case 'message':
      case 'action': {
        const { id, type, from, text, ts, room } = frame;
        if (id <= this.newest) this.complain(`id ${id} came after ${this.newest}`);
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
        if (frame.user === this.name) this.complain('is told of its own typing');
        this.#in(frame.room)?.members?.set(frame.user, frame.typing);
        break;
      case 'pm':
      case 'pm_sent':
        this.privates.push(`${frame.type}:${frame.id}`);
        this.newest = Math.max(this.newest, frame.id);
        break;
      case 'error':
        if (frame.code === 'pm_undelivered') this.undelivered.push(frame.ref ?? 'none');
        break;
      case 'presence':
        this.complain('got presence in a small room');
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
  }

  #rename({ room, users, old_name, new_name }: ServerFrameOf<'nick_changed'>): void {
    if (room !== undefined) {
      this.#list(room, users ?? []);
      return;
    }
    if (old_name !== this.name) this.complain(`is ${this.name}, and is told that it is ${old_name} no more`);
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
      this.complain(`${user} ${act} in ${room}, and is typing still`);
    }
  }

  #list(room: string, users: { name: string; typing: boolean }[]): void {
    const told = this.#in(room);
    if (told) told.members = new Map(users.map(({ name, typing }) => [name, typing]));
  }

  /** What is not theirs must not come to them. */
  #in(room: string): Told | undefined {
    const told = this.rooms.get(room);
    if (!told) this.complain(`is told of ${room} without being in it`);
    return told;
  }
}

function rename(members: Told['members'], before: string, after: string): void {
  const typing = members?.get(before);
  if (typing === undefined) return;
  members?.delete(before);
  members?.set(after, typing);
}
