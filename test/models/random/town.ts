import { defaultConfig } from '../../../src/config.ts';
import type { Entry } from '../../../src/protocol/entities.ts';
import { createServer, type Server } from '../../../src/server.ts';
import { Recorder } from '../../fuzz/recorder.ts';
import { SteppedClock } from '../../support/clock.ts';
import { GRACE, HISTORY_KEPT, PRIVATES_KEPT } from './contract.ts';
import { type Citizen, Expected } from './expected.ts';
import { faultsIn } from './invariants.ts';
import { Line } from './line.ts';
import type { Listener } from './listener.ts';
import { Store } from './store.ts';

/** Connections at once, that of the observer among them. */
const LINES_MAX = 8;

/** A server, those who are connected to it, and what is expected of it: where a random walk takes place. */
export class Town {
  readonly expected = new Expected();
  readonly lines: Line[] = [];
  readonly clock = new SteppedClock();
  /** How many things have happened and been checked. */
  steps = 0;
  readonly #recorder = new Recorder();
  readonly #store: Store;
  #server: Server;
  readonly #complaints: string[] = [];
  #url = '';
  #opened = 0;
  #checks = 0;

  private constructor(isDurable: boolean) {
    this.#store = new Store(isDurable, () => this.clock.now());
    this.#server = this.#createServer();
  }

  /**
   * Begins a town in which nobody is but an observer, who never goes.
   * @param isDurable whether it keeps everything on the disk, so that its server can be killed
   */
  static async begin({ isDurable }: { isDurable: boolean }): Promise<Town> {
    const town = new Town(isDurable);
    await town.#listen();
    await town.open({ name: 'Observer' });
    return town;
  }

  get canBeKilled(): boolean {
    return this.#store.isDurable;
  }

  get observer(): Line {
    return this.lines[0] as Line;
  }

  get hasRoom(): boolean {
    return this.lines.length < LINES_MAX;
  }

  /** One of those who act, by any number; the observer only looks. */
  pick(n: number): Line | undefined {
    const others = this.lines.slice(1);
    return others[n % Math.max(1, others.length)];
  }

  linesOf(citizen: Citizen): Line[] {
    return this.lines.filter((line) => line.citizen === citizen);
  }

  /** A new citizen. */
  async open(query: { name: string; session?: string }): Promise<Line> {
    const line = this.#connect(query);
    const greeting = await line.greeting();
    if (greeting.type !== 'connected')
      throw new Error(`${line.label} is new, and was greeted by ${greeting.type}`);
    const { user_id: userId, session_id: secret, name } = greeting;
    if (this.expected.citizens.some((each) => each.secret === secret)) this.complain('a secret came twice');
    line.citizen = this.expected.arrive({ userId, secret, name });
    this.lines.push(line);
    return line;
  }

  /** Another connection of a citizen, who has all up to an id. */
  async attach(citizen: Citizen, since: number): Promise<Line> {
    const line = this.#connect({ session: citizen.secret, lastMsgId: String(since) }, since);
    // Of the private messages, the last hundred are kept.
    line.privatesSince = Math.max(since, citizen.privates.at(-PRIVATES_KEPT - 1)?.id ?? 0);
    const greeting = await line.greeting();
    if (greeting.type !== 'resumed')
      throw new Error(`${citizen.name} lives, and was greeted by ${greeting.type}`);
    if (greeting.user_id !== citizen.userId) this.complain(`${citizen.name} came back as somebody else`);
    line.citizen = citizen;
    this.lines.push(line);
    this.expected.wake(citizen);
    for (const room of line.rooms.keys()) await line.ask({ type: 'get_users', room });
    return line;
  }

  /** Takes note that a connection has ended, for whatever reason. */
  lose(line: Line): void {
    this.lines.splice(this.lines.indexOf(line), 1);
    const { citizen } = line;
    citizen.seen.push(line.newest);
    citizen.seen.sort((a, b) => a - b);
    if (this.linesOf(citizen).length === 0) this.expected.rest(citizen, this.clock.now());
  }

  /**
   * Ends the server and starts it again. Everybody who was connected comes back.
   * @param how killed, with what is on the disk at this moment, or stopped as a signal does
   */
  async restart(how: 'kill' | 'stop'): Promise<void> {
    const before = [...this.lines];
    if (how === 'kill') this.#store.leaveAsKilled();
    await this.#server.close();
    for (const line of before) {
      await line.closed;
      this.lose(line);
    }
    this.expected.restart(this.clock.now());
    this.#server = this.#createServer();
    await this.#listen();
    for (const { citizen, newest } of before) await this.attach(citizen, newest);
  }

  pass(ms: number): void {
    this.clock.increment(ms);
    this.expected.pass(this.clock.now(), GRACE);
  }

  complain(what: string): void {
    this.#complaints.push(what);
  }

  /** All that was sent has had all its effects, and these have arrived. */
  async settle(): Promise<void> {
    // After the first round everything has been received, after the second everything that came of it.
    do {
      for (let round = 0; round < 2; round++) await Promise.all(this.lines.map((line) => line.settle()));
    } while (await this.#store.settled());
    const gone = this.#opened - this.lines.length;
    if (gone > this.#noticed) {
      await this.#recorder.untilClosed(gone);
      this.#noticed = gone;
      await this.#store.settled();
      await Promise.all(this.lines.map((line) => line.settle()));
    }
  }

  #noticed = 0;

  /** @throws Error when something is not as it must be */
  async check(after: string): Promise<void> {
    await this.settle();
    this.#notify();
    this.#complaints.push(...(await faultsIn(this, ++this.#checks)), ...this.#recorder.errors);
    if (this.#complaints.length > 0) {
      throw new Error(`after ${after}:\n${this.#complaints.slice(0, 10).join('\n')}`);
    }
  }

  /** Who is not there now is told on coming back. */
  #notify(): void {
    for (const citizen of this.expected.citizens) {
      const lines = this.linesOf(citizen);
      if (lines.length === 0) continue;
      for (const line of lines) line.due.push(...citizen.notices);
      citizen.notices = [];
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.lines.splice(0).map((line) => line.vanish('drop')));
    await this.#server.close();
    this.#store.remove();
  }

  #createServer(): Server {
    return createServer(defaultConfig({ PORT: 0, RATE_PER_SECOND: 0, PRESENCE_GRACE_MS: GRACE }), {
      clock: this.clock,
      logger: this.#recorder.logger,
      journal: this.#store.open(),
    });
  }

  async #listen(): Promise<void> {
    const { url } = await this.#server.listen();
    this.#url = `${url.replace('http', 'ws')}/ws/chat`;
  }

  #connect(query: Record<string, string>, since = 0): Line {
    const parts = { hear: this.#hear, complain: (what: string) => this.complain(what) };
    const line = new Line(`c${++this.#opened}`, `${this.#url}?${new URLSearchParams(query)}`, parts);
    line.since = since;
    return line;
  }

  /** The first who is told an entry teaches the town what it is; all the others must be told the same, in its turn. */
  readonly #hear = (line: Listener, room: string, entry: Entry): void => {
    const entries = this.expected.rooms.get(room)?.entries ?? this.#early(room);
    const newest = entries.at(-1)?.id ?? 0;
    if (entry.id > newest) {
      entries.push(entry);
      if (entries.length > 2 * HISTORY_KEPT) entries.shift();
      return;
    }
    const told = line.rooms.get(room)?.newest ?? 0;
    const due = entries.slice(-HISTORY_KEPT).find(({ id }) => id > told);
    if (told > 0 && due?.id !== entry.id)
      this.complain(`${line.label}: ${room} got ${entry.id} in the turn of ${due?.id}`);
    const known = entries.find(({ id }) => id === entry.id);
    if (JSON.stringify(known) !== JSON.stringify(entry)) {
      this.complain(`${line.label}: is told ${JSON.stringify(entry)}, others ${JSON.stringify(known)}`);
    }
  };

  /** A room is heard of before the act that created it is over. */
  #early(room: string): Entry[] {
    const fresh = { members: new Set<Citizen>(), entries: [] };
    this.expected.rooms.set(room, fresh);
    return fresh.entries;
  }
}
