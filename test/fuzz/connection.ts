import WebSocket from 'ws';
import type { Entry } from '../../src/protocol/entities.ts';
import { type ServerFrame, serverFrame } from '../../src/protocol/server-frames.ts';
import { PATIENCE_MS } from '../support/patience.mjs';
import { type Expectation, expectationOf } from './expectations.ts';
import { Membership } from './membership.ts';
import type { Rendered } from './render.ts';
import type { Session, Stage } from './stage.ts';

type Of<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;

/** One connection of a fuzzed client: keeps what it was told, and complains of what it must not be told. */
export class Connection {
  readonly label: string;
  readonly rooms = new Map<string, Membership>();
  /** Entries that came in one piece: none of their room may be missing in between. */
  readonly lists: { room: string; entries: Entry[] }[] = [];
  /** Ids of private messages, with the direction before. */
  readonly privates = new Set<string>();
  readonly mayCloseWith = new Set<number>();
  readonly sentRefs = new Map<string, { min: number; max: number; got: number }>();
  readonly errors = { bad_json: { due: 0, got: 0 }, unknown_type: { due: 0, got: 0 } };
  readonly ended: Promise<void>;
  session!: Session;
  name = '';
  /** All that it has seen, from nothing. */
  seen: number[] = [];
  /** What it has not seen because it said so on coming back. */
  since = 0;
  isOpen = true;
  /** Whether the test itself closes it. */
  isLeaving = false;
  quits = false;
  closeCode: number | undefined;
  readonly #stage: Stage;
  readonly #socket: WebSocket;
  #newest = 0;
  #newestPrivate = 0;
  #isReplaying = false;
  #awaited = new Map<string, () => void>();

  constructor(stage: Stage, label: string, url: string) {
    this.label = label;
    this.#stage = stage;
    this.#socket = new WebSocket(url, { perMessageDeflate: false });
    this.#socket.on('message', (data, isBinary) => this.#receive(data.toString(), isBinary));
    this.#socket.on('error', () => {});
    this.ended = new Promise((resolve) => {
      this.#socket.on('close', (code) => {
        this.isOpen = false;
        this.closeCode = code;
        resolve();
      });
    });
  }

  /** Resolves when the first frame is there. */
  async greeted(): Promise<void> {
    await this.#within('a greeting', (resolve) => this.#awaited.set('greeting', resolve));
  }

  send(rendered: Rendered): void {
    const expected = expectationOf(rendered);
    this.#expect(expected);
    const { parts, isBinary } = rendered;
    for (const [i, part] of parts.entries()) {
      this.#socket.send(part, { binary: isBinary, fin: i === parts.length - 1 });
    }
  }

  /** All that the server sent before has arrived, or the connection is closed. */
  async roundTrip(): Promise<void> {
    if (!this.isOpen) return;
    const ts = `barrier-${++barriers}`;
    const done = this.#within(ts, (resolve) => this.#awaited.set(ts, resolve));
    this.#socket.send(JSON.stringify({ type: 'ping', ts }));
    await done;
    this.#awaited.delete(ts);
  }

  async close(how: 'close' | 'drop'): Promise<void> {
    this.isLeaving = true;
    if (how === 'close') this.#socket.close(1000);
    else this.#socket.terminate();
    await this.ended;
  }

  #expect({ close, error, ref, quits }: Expectation): void {
    if (close !== undefined) this.mayCloseWith.add(close);
    if (quits) this.quits = true;
    if (error) this.errors[error].due += 1;
    if (!ref) return;
    const all = this.sentRefs.get(ref.name) ?? { min: 0, max: 0, got: 0 };
    this.sentRefs.set(ref.name, all);
    all.min += ref.min;
    all.max += ref.max;
  }

  #complain = (what: string): void => this.#stage.complain(`${this.label}: ${what}`);

  #receive(data: string, isBinary: boolean): void {
    if (isBinary) {
      this.#complain('got a binary frame');
      return;
    }
    const frame: ServerFrame = JSON.parse(data);
    const parsed = serverFrame.safeParse(frame);
    if (!parsed.success) {
      this.#complain(`${parsed.error.message} in ${data.slice(0, 500)}`);
      return;
    }
    if ('ref' in frame && frame.ref !== undefined) this.#checkRef(frame.ref, frame);
    this.#take(frame, data);
  }

  /** An answer comes to the connection that asked, once for each time that it asked. */
  #checkRef(ref: string, frame: ServerFrame): void {
    // That a message was not delivered is told to whichever connections the sender has by then.
    if (frame.type === 'error' && frame.code === 'pm_undelivered') return;
    const shown = JSON.stringify(frame).slice(0, 300);
    const sent = this.sentRefs.get(ref);
    if (!sent) {
      this.#complain(`got the answer to someone else's ${shown}`);
      return;
    }
    sent.got += 1;
    if (sent.got > sent.max) this.#complain(`ref ${ref} came back ${sent.got} times: ${shown}`);
  }

  #take(frame: ServerFrame, data: string): void {
    const isGreeting = frame.type === 'connected' || frame.type === 'resumed';
    if (isGreeting !== (this.session === undefined)) {
      this.#complain(`greeting out of turn: ${data}`);
      return;
    }
    switch (frame.type) {
      case 'connected':
      case 'resumed':
        this.#begin(frame);
        break;
      case 'joined':
        this.#join(frame);
        break;
      case 'left':
        if (!this.rooms.delete(frame.room)) this.#complain(`left ${frame.room} without being there`);
        break;
      case 'message':
      case 'action':
        this.#hear(frame);
        break;
      case 'user_joined':
      case 'user_left':
        this.#comeAndGo(frame);
        break;
      case 'nick_changed':
        this.#rename(frame);
        break;
      case 'typing':
        if (frame.user === this.name) this.#complain('is told of its own typing');
        this.#in(frame.room)?.type(frame.user, frame.typing);
        break;
      case 'pm':
      case 'pm_sent':
        this.#hearPrivately(frame);
        break;
      case 'history':
        this.lists.push({ room: frame.room, entries: frame.messages });
        break;
      case 'user_list':
        this.#list(frame);
        break;
      case 'ack':
        this.#acknowledge(frame);
        break;
      case 'error':
        this.#err(frame);
        break;
      case 'pong':
        this.#awaited.get(String(frame.ts))?.();
        break;
      case 'presence':
        this.#complain('got a presence frame in a small room');
        break;
      case 'room_list':
      case 'system':
      case 'ping':
        break;
    }
  }

  #begin(frame: Of<'connected' | 'resumed'>): void {
    this.name = frame.name;
    this.session = this.#stage.introduce(this, frame);
    if (frame.type === 'resumed') {
      this.#isReplaying = true;
      for (const room of frame.rooms) {
        const missed = frame.missedMessages[room];
        if (!missed) this.#complain(`missedMessages lacks ${room}`);
        const first = missed?.[0];
        const start = frame.recovered || !first ? this.since : first.id - 1;
        const membership = new Membership(room, start, this.#complain);
        this.rooms.set(room, membership);
        for (const { id } of missed ?? []) {
          if (id <= this.since) this.#complain(`${room} repeats ${id}, which is not after ${this.since}`);
          membership.received.add(id);
        }
        this.lists.push({ room, entries: missed ?? [] });
        this.#see(...(missed ?? []).map(({ id }) => id));
      }
      if (Object.keys(frame.missedMessages).length !== frame.rooms.length)
        this.#complain('missed rooms of others');
    }
    this.#awaited.get('greeting')?.();
  }

  #join({ room, history, users, count }: Of<'joined'>): void {
    if (this.rooms.has(room)) this.#complain(`joined ${room} twice`);
    const newest = history.at(-1)?.id ?? 0;
    const membership = new Membership(room, newest, this.#complain);
    membership.replace(users, count, this.name);
    if (!membership.members?.has(this.name)) this.#complain(`${this.name} is not in the ${room} it joined`);
    this.rooms.set(room, membership);
    this.lists.push({ room, entries: history });
    this.#see(newest);
  }

  #hear(frame: Of<'message' | 'action'>): void {
    const { room, id, type, from, text, ts } = frame;
    if (id <= this.#newest) this.#complain(`id ${id} came after ${this.#newest}`);
    this.#isReplaying = false;
    this.#see(id);
    this.#in(room)?.received.add(id);
    this.#stage.chronicle.note(room, { id, type, from, text, ts });
    if (type === 'action' && !text.startsWith(`* ${from} `)) this.#complain(`an action of ${from}: ${text}`);
  }

  #hearPrivately(frame: Of<'pm' | 'pm_sent'>): void {
    const key = `${frame.type}:${frame.id}`;
    if (this.privates.has(key)) this.#complain(`got ${key} twice`);
    this.privates.add(key);
    this.session.privates.set(key, frame.id);
    const isToSelf = frame.id === this.#newestPrivate && this.privates.has(`pm_sent:${frame.id}`);
    if (frame.id < this.#newestPrivate || (frame.id === this.#newestPrivate && !isToSelf)) {
      this.#complain(`private message ${frame.id} came after ${this.#newestPrivate}`);
    }
    if (!this.#isReplaying && frame.id < this.#newest) this.#complain(`${key} came after ${this.#newest}`);
    if (frame.id <= this.since) this.#complain(`${key} is not after ${this.since}`);
    this.#newestPrivate = frame.id;
    this.#see(frame.id);
  }

  #comeAndGo({ type, room, user, users, count }: Of<'user_joined' | 'user_left'>): void {
    const membership = this.#in(room);
    const expected = type === 'user_joined' ? membership?.with(user) : membership?.without(user);
    membership?.replace(users, count, this.name, expected);
  }

  #rename({ old_name, new_name, room, users, count }: Of<'nick_changed'>): void {
    if (room !== undefined) {
      const membership = this.#in(room);
      membership?.rename(old_name, new_name);
      membership?.replace(users ?? [], count ?? 0, this.name, membership.members?.keys());
      return;
    }
    if (old_name !== this.name)
      this.#complain(`is ${this.name}, and renamed from ${old_name} to ${new_name}`);
    if (old_name !== new_name) {
      for (const membership of this.rooms.values()) membership.rename(old_name, new_name);
    }
    this.name = new_name;
    this.#stage.namesUsed.add(new_name);
  }

  #list({ room, users, count }: Of<'user_list'>): void {
    const membership = this.rooms.get(room);
    if (membership && users.length === count) {
      membership.replace(users, count, this.name, membership.members?.keys());
    }
  }

  #acknowledge({ ref, id, room }: Of<'ack'>): void {
    // Who sends again what an earlier connection or session sent gets the ack alone.
    if (!this.session.acknowledge(ref, id) || this.session.isHeir) return;
    if (room === undefined) {
      if (id > this.since && !this.privates.has(`pm_sent:${id}`))
        this.#complain(`ack of ${id} before its pm_sent`);
      return;
    }
    const membership = this.rooms.get(room);
    if (membership && id > membership.start && !membership.received.has(id)) {
      this.#complain(`ack of ${id} before its message`);
    }
  }

  #err(frame: Of<'error'>): void {
    const { code, ref } = frame;
    if (code === 'internal' || code === 'storage_failed') this.#complain(JSON.stringify(frame));
    if (code === 'rate_limited' && !this.#stage.isRated) this.#complain('is rate limited without a rate');
    if (code === 'rate_limited' && frame.retry_after === undefined)
      this.#complain('rate_limited without retry_after');
    if (ref === undefined && (code === 'bad_json' || code === 'unknown_type')) this.errors[code].got += 1;
  }

  #in(room: string): Membership | undefined {
    const membership = this.rooms.get(room);
    if (!membership) this.#complain(`is told of ${room} without being in it`);
    return membership;
  }

  #see(...ids: number[]): void {
    this.seen.push(...ids);
    this.#newest = Math.max(this.#newest, ...ids);
  }

  #within(what: string, begin: (resolve: () => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.label} got no ${what} in time`)), PATIENCE_MS);
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      void this.ended.then(done);
      begin(done);
    });
  }
}

let barriers = 0;
