import { Agent } from 'node:http';
import type { Config } from '../../src/config.ts';
import { defaultConfig } from '../../src/config.ts';
import { foldName } from '../../src/protocol/names.ts';
import type { ServerFrameOf } from '../../src/protocol/server-frames.ts';
import { createServer } from '../../src/server.ts';
import { SteppedClock } from '../support/clock.ts';
import { Chronicle } from './chronicle.ts';
import { Connection } from './connection.ts';
import { getJson } from './get-json.ts';
import { checkConnections, checkSessions } from './invariants.ts';
import { Recorder } from './recorder.ts';
import { render } from './render.ts';
import { checkRest } from './rest-invariants.ts';
import { Session } from './session.ts';
import type { Cursor, Step } from './steps.ts';

export { Session } from './session.ts';

const CONNECTIONS_MAX = 8;
const FIRST_USERS = ['Ann', 'ann', 'Bob', 'Straße'];

/** A server, its clients, and what must be true of them at every moment. */
export class Stage {
  readonly clock = new SteppedClock();
  readonly recorder = new Recorder();
  readonly chronicle = new Chronicle((what) => this.complain(what));
  readonly sessions: Session[] = [];
  readonly connections: Connection[] = [];
  readonly isRated: boolean;
  /** Names that somebody bore, if only for a moment. */
  readonly namesUsed = new Set<string>();
  /** Frames sent, without those of the barriers. */
  sent = 0;
  url = '';
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 2 });
  readonly #server: ReturnType<typeof createServer>;
  readonly #complaints: string[] = [];

  #opened = 0;
  #checks = 0;
  #intended: { session: Session | undefined; since: number } = { session: undefined, since: 0 };

  constructor(changes: Partial<Config>) {
    const config = defaultConfig({ PORT: 0, MAX_ROOMS: 9, MAX_ROOMS_PER_USER: 5, ...changes });
    this.isRated = config.RATE_PER_SECOND > 0;
    this.#server = createServer(config, { clock: this.clock, logger: this.recorder.logger });
  }

  /** Plays the steps, each followed by all checks, and then lets everybody go. */
  async play(steps: Step[]): Promise<void> {
    const reject = (reason: unknown) => this.complain(`unhandled rejection: ${String(reason)}`);
    process.on('unhandledRejection', reject);
    try {
      ({ url: this.url } = await this.#server.listen());
      for (const name of FIRST_USERS) await this.#open(name);
      for (const [i, step] of steps.entries()) {
        await this.#act(step);
        await this.#check(`step ${i} (${step.do})`);
      }
      await this.#letGo();
    } finally {
      process.off('unhandledRejection', reject);
      for (const connection of this.open()) void connection.close('drop');
      this.#agent.destroy();
      await this.#server.close();
    }
  }

  complain(what: string): void {
    this.#complaints.push(what);
  }

  open(): Connection[] {
    return this.connections.filter(({ isOpen }) => isOpen);
  }

  /** The session that a connection was greeted as. */
  introduce(connection: Connection, frame: ServerFrameOf<'connected' | 'resumed'>): Session {
    const { session: wanted, since } = this.#intended;
    const isBack = wanted !== undefined && !wanted.isOver(this.clock.now());
    if (isBack !== (frame.type === 'resumed')) {
      this.complain(
        `${connection.label} got ${frame.type} for a session that ${isBack ? 'lives' : 'is over'}`,
      );
    }
    this.namesUsed.add(frame.name);
    let session = wanted;
    if (frame.type === 'connected' || !session) {
      session = new Session(frame, this.clock, (what) => this.complain(what));
      if (this.sessions.some(({ secret }) => secret === frame.session_id))
        this.complain('a secret came twice');
      if (wanted) session.inherit(wanted);
      this.sessions.push(session);
    } else {
      if (session.userId !== frame.user_id) this.complain('a session came back as another user');
      connection.since = since;
    }
    session.connections.push(connection);
    return session;
  }

  get<T>(path: string): Promise<T> {
    return getJson(this.url + path, this.#agent) as Promise<T>;
  }

  async #act(step: Step): Promise<void> {
    const open = this.open();
    if (step.do === 'send') {
      for (const { by, send } of step.frames) {
        const sender = open[by % open.length];
        if (!sender?.isOpen) continue;
        const nameOf = (n: number) => this.sessions[n % this.sessions.length]?.name ?? '';
        sender.send(render(send, nameOf, sender.label));
        this.sent += 1;
      }
    } else if (step.do === 'wait') {
      this.clock.increment(step.ms);
    } else if (step.do === 'close') {
      await open[step.connection % open.length]?.close(step.how);
    } else if (open.length >= CONNECTIONS_MAX) {
      return;
    } else if (step.do === 'open') {
      await this.#open(step.name);
    } else {
      const session = this.sessions[step.user % this.sessions.length];
      if (session) await this.#attach(session, step.cursor);
    }
  }

  #open(name: string): Promise<void> {
    this.#intended = { session: undefined, since: 0 };
    return this.#connect({ name });
  }

  #attach(session: Session, cursor: Cursor): Promise<void> {
    const { since, query } = cursorOf(session, cursor);
    this.#intended = { session, since };
    return this.#connect({ name: session.name, session: session.secret, ...query });
  }

  async #connect(query: Record<string, string>): Promise<void> {
    const url = `${this.url.replace('http', 'ws')}/ws/chat?${new URLSearchParams(query)}`;
    const connection = new Connection(this, `c${++this.#opened}`, url);
    this.connections.push(connection);
    await connection.greeted();
  }

  /** Waits until all that was sent has had all its effects, and these have arrived. */
  async #settle(): Promise<void> {
    const barrier = () => Promise.all(this.open().map((connection) => connection.roundTrip()));
    // The first has everything received, the second everything that came of it.
    await barrier();
    await barrier();
    const closed = this.connections.filter(({ isOpen }) => !isOpen).length;
    if (closed > 0) {
      await this.recorder.untilClosed(closed);
      await barrier();
    }
    for (const session of this.sessions) session.update(this.clock.now());
  }

  async #check(when: string): Promise<void> {
    try {
      await this.#settle();
      await checkRest(this, ++this.#checks);
      checkConnections(this);
      checkSessions(this);
    } catch (error) {
      this.complain(String(error));
    }
    const all = [...this.#complaints, ...this.recorder.errors];
    if (all.length > 0) throw new Error(`after ${when}:\n${all.slice(0, 12).join('\n')}`);
  }

  /** When everybody has gone nothing is left of them: no room, no member, no name. */
  async #letGo(): Promise<void> {
    await Promise.all(this.open().map((connection) => connection.close('close')));
    await this.#settle();
    this.clock.increment(31_000);
    await this.#check('everybody has gone');
    const names = new Map([...this.namesUsed].map((name) => [foldName(name), name]));
    for (const name of [...names.values()].slice(-8)) {
      await this.#open(name);
      const got = this.connections.at(-1)?.name;
      if (got !== name) this.complain(`${name} is free, and whoever asks for it is called ${got}`);
    }
    await this.#check('others have taken the names');
  }
}

/** What a client that has seen these ids may say, and from where on it is to be told. */
function cursorOf(session: Session, cursor: Cursor): { since: number; query: Record<string, string> } {
  const seen = session.connections.flatMap((connection) => connection.seen).sort((a, b) => a - b);
  const at = (id = 0) => ({ since: id, query: { lastMsgId: String(id) } });
  if (cursor === 'seen') return at(seen.at(-1));
  if (cursor === 'earlier') return at(seen[Math.floor(seen.length / 2)]);
  if (cursor === 'beyond') return { since: 0, query: { lastMsgId: '9007199254740991' } };
  return { since: 0, query: cursor === 'none' ? {} : { lastMsgId: '-1e3\u0000x' } };
}
