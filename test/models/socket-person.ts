import type { ServerFrame } from '../../src/protocol/server-frames.ts';
import type { ChatClient } from '../support/client.ts';
import type { TestServer } from '../support/server.ts';
import type { Person, RoomView } from './person.ts';
import type { Who } from './room.model.ts';
import type { StandingRoomAnswer as Answer } from './standing-room.model.ts';

/** Somebody at a socket. What they see of the room is made of the frames they were sent, and of nothing else. */
export class SocketPerson implements Person {
  readonly name: Who;
  readonly #server: TestServer;
  readonly #room: string;
  #client!: ChatClient;
  /** The greatest id of the connections before. */
  #cursor = 0;
  #read = 0;
  #view: RoomView | undefined;

  private constructor(name: Who, server: TestServer, room: string) {
    this.name = name;
    this.#server = server;
    this.#room = room;
  }

  static async of(name: Who, server: TestServer, room: string): Promise<SocketPerson> {
    const person = new SocketPerson(name, server, room);
    await person.comeAnew();
    return person;
  }

  join(name: string): Promise<Answer> {
    return this.#ask({ type: 'join', room: name });
  }

  leave(name: string): Promise<Answer> {
    return this.#ask({ type: 'leave', room: name });
  }

  say(text: string): Promise<Answer> {
    return this.#ask({ type: 'message', room: this.#room, text });
  }

  async goAway(how: 'close' | 'drop'): Promise<void> {
    await this.look();
    this.#cursor = Math.max(this.#cursor, this.#client.cursor);
    await this.#client[how]();
  }

  async comeBack(cursor: 'newest' | 'none'): Promise<void> {
    this.#client = await this.#server.resume(this.#client, cursor === 'newest' ? this.#cursor : undefined);
    // Whoever does not say how far they have read gets all there is, and begins anew.
    if (cursor === 'none' && this.#view) this.#view.lines = [];
    this.#read = 0;
    await this.look();
    if (this.#view) await this.#ask({ type: 'get_users', room: this.#room });
  }

  async comeAnew(): Promise<void> {
    this.#client = await this.#server.user(this.name);
    this.#view = undefined;
    this.#read = 0;
  }

  async look(): Promise<RoomView | undefined> {
    await this.#client.settle();
    for (const frame of this.#client.frames.slice(this.#read)) this.#take(frame);
    this.#read = this.#client.frames.length;
    return this.#view;
  }

  async #ask(frame: object): Promise<Answer> {
    const answer = await this.#client.ask(frame);
    return (answer.type === 'error' ? answer.code : answer.type) as Answer;
  }

  #take(frame: ServerFrame): void {
    if (frame.type === 'resumed') this.#catchUp(frame);
    if (!('room' in frame) || frame.room !== this.#room || frame.type === 'ack') return;
    if (frame.type === 'joined') {
      this.#view = { people: names(frame.users), lines: frame.history.map(({ text }) => text) };
    } else if (this.#view === undefined) {
      throw new Error(`${this.name} is not in the room, and is told ${JSON.stringify(frame)}`);
    } else if (frame.type === 'left') {
      this.#view = undefined;
    } else if (frame.type === 'message' || frame.type === 'action') {
      this.#view.lines.push(frame.text);
    } else if (frame.type === 'user_joined' || frame.type === 'user_left' || frame.type === 'user_list') {
      this.#view.people = names(frame.users);
    }
  }

  /** A resume brings what was said meanwhile; who has come and gone it does not say. */
  #catchUp({ missedMessages }: Extract<ServerFrame, { type: 'resumed' }>): void {
    const missed = missedMessages[this.#room]?.map(({ text }) => text);
    if (missed && this.#view) this.#view = { people: [], lines: [...this.#view.lines, ...missed] };
    else this.#view = undefined;
  }
}

function names(users: { name: string }[]): string[] {
  return users.map(({ name }) => name);
}
