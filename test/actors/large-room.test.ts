import { beforeEach, describe, expect, it } from 'vitest';
import { Asker, type Connection } from '../../src/actors/connection.ts';
import type { Directory } from '../../src/actors/directory.ts';
import type { EncodedFrame } from '../../src/protocol/encode.ts';
import type { User } from '../../src/protocol/entities.ts';
import { PRESENCE_GATHER_MS, WHOLE_LIST_MAX } from '../../src/protocol/limits.ts';
import type { ServerFrame, ServerFrameOf, ServerFrameType } from '../../src/protocol/server-frames.ts';
import { SteppedClock } from '../support/clock.ts';
import { createDirectory } from '../support/directory.ts';

// What test/contract/presence.test.ts sees over sockets, to the millisecond; and with no socket, since it takes a crowd.

let clock: SteppedClock;
let directory: Directory;
let crashes: unknown[];

beforeEach(() => {
  clock = new SteppedClock();
  crashes = [];
  directory = createDirectory(clock, crashes);
  return () => {
    directory.stop();
    expect(crashes).toEqual([]);
  };
});

class Person {
  readonly frames: ServerFrame[] = [];
  readonly #connection: Connection;
  readonly #admission: ReturnType<Directory['admit']>;

  constructor(name: string) {
    const take = ({ json, tail }: EncodedFrame) =>
      void this.frames.push(JSON.parse(json + (tail?.json ?? '')));
    this.#connection = { secret: '', isClosed: false, send: take, answer: take, close: () => {} };
    this.#admission = directory.admit({ name, secret: undefined, cursor: 0 }, () => this.#connection);
  }

  get id(): string {
    return this.#admission?.record.id ?? '';
  }

  type(typing: boolean): void {
    const asker = new Asker(this.#connection);
    this.#admission?.session.send({ type: 'typing.set', room: 'general', typing, asker });
  }

  async rename(name: string): Promise<void> {
    this.#admission?.session.send({ type: 'nick.set', name, asker: new Asker(this.#connection) });
    await committed();
  }

  look(): void {
    const asker = new Asker(this.#connection);
    const page = { after: undefined, limit: undefined };
    this.#admission?.session.send({ type: 'users.list', room: 'general', asker, ...page });
  }

  async leave(room: string): Promise<void> {
    this.#admission?.session.send({ type: 'room.leave', room, asker: new Asker(this.#connection) });
    await committed();
  }

  async join(room: string): Promise<void> {
    this.#admission?.session.send({ type: 'room.join', room, asker: new Asker(this.#connection) });
    await committed();
  }

  async quit(): Promise<void> {
    this.#admission?.session.send({ type: 'session.quit', asker: new Asker(this.#connection) });
    await committed();
  }

  async goAway(): Promise<void> {
    this.#admission?.session.send({ type: 'connection.lost', connection: this.#connection });
    await committed();
  }

  of<T extends ServerFrameType>(type: T): ServerFrameOf<T>[] {
    return this.frames.filter((frame) => frame.type === type) as ServerFrameOf<T>[];
  }

  forget(): void {
    this.frames.length = 0;
  }
}

/** The journal in memory commits in a microtask. */
function committed(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function arrive(...names: string[]): Promise<Person[]> {
  const people = names.map((name) => new Person(name));
  await committed();
  return people;
}

/** So many in general, all told of each other. */
async function crowd(size: number): Promise<Person[]> {
  const people = await arrive(...Array.from({ length: size }, (_, i) => `u${String(i).padStart(3, '0')}`));
  clock.increment(PRESENCE_GATHER_MS);
  for (const person of people) person.forget();
  return people;
}

describe('a room of more than 100 members', () => {
  it('tells everybody of a newcomer after 250 ms, and no sooner', async () => {
    const people = await crowd(WHOLE_LIST_MAX + 1);
    const [zoe] = (await arrive('zoe')) as [Person];
    clock.increment(PRESENCE_GATHER_MS - 1);
    expect(people.flatMap(({ frames }) => frames)).toEqual([]);
    clock.increment(1);
    const news = {
      type: 'presence',
      room: 'general',
      joined: [{ id: zoe.id, name: 'zoe', typing: false, status: 'online' }],
      left: [],
      renamed: [],
      count: WHOLE_LIST_MAX + 2,
    };
    for (const person of people) expect(person.frames).toEqual([news]);
    clock.increment(PRESENCE_GATHER_MS * 4);
    for (const person of people) expect(person.frames).toEqual([news]);
  });

  it('gives a newcomer the first 100, and the whole count', async () => {
    await crowd(WHOLE_LIST_MAX + 1);
    const [zoe] = (await arrive('zoe')) as [Person];
    const [joined] = zoe.of('joined');
    expect(joined?.users.map(({ name }) => name)).toEqual(
      Array.from({ length: WHOLE_LIST_MAX }, (_, i) => `u${String(i).padStart(3, '0')}`),
    );
    expect(joined?.count).toBe(WHOLE_LIST_MAX + 2);
  });

  it('gives a newcomer the first 100 as they are at that moment, not as the one before saw them', async () => {
    const people = await crowd(WHOLE_LIST_MAX + 10);
    const [typist, absent, renamed, leaver] = people as [Person, Person, Person, Person];
    const seen = async (name: string) => {
      const [newcomer] = (await arrive(name)) as [Person];
      return newcomer.of('joined')[0]?.users ?? [];
    };
    const before = await seen('zoe1');
    const expected = before.map((user) => ({ ...user }));

    typist.type(true);
    Object.assign(expected[0] as User, { typing: true });
    expect(await seen('zoe2')).toEqual(expected);
    await absent.goAway();
    Object.assign(expected[1] as User, { status: 'away' });
    expect(await seen('zoe3')).toEqual(expected);
    // Still the third in the order of names.
    await renamed.rename('u002b');
    Object.assign(expected[2] as User, { name: 'u002b' });
    expect(await seen('zoe4')).toEqual(expected);
    typist.type(false);
    Object.assign(expected[0] as User, { typing: false });
    expect(await seen('zoe5')).toEqual(expected);
    // Another one under the same name is somebody else.
    await leaver.quit();
    const again = (await seen('u003'))[3];
    expect(again?.name).toBe('u003');
    expect(again?.id).not.toBe(leaver.id);
    await (people[4] as Person).quit();
    expect((await seen('zoe6')).map(({ name }) => name)).toEqual([
      ...expected.map(({ name }) => name).filter((name) => name !== 'u004'),
      'u100',
    ]);
  });

  it('tells of all changes of an interval in one frame, by what has come of them', async () => {
    const people = await crowd(WHOLE_LIST_MAX + 4);
    const [watcher, leaver, renamer, both] = people as [Person, Person, Person, Person];
    await leaver.quit();
    clock.increment(100);
    await renamer.rename('x1');
    await renamer.rename('x2');
    await both.rename('y1');
    await both.quit();
    const [zoe, passing] = (await arrive('zoe', 'passing')) as [Person, Person];
    await passing.quit();
    clock.increment(PRESENCE_GATHER_MS - 101);
    expect(watcher.frames).toEqual([]);
    clock.increment(1);
    expect(watcher.frames).toEqual([
      {
        type: 'presence',
        room: 'general',
        joined: [expect.objectContaining({ id: zoe.id, name: 'zoe' })],
        left: [
          { id: leaver.id, name: 'u001' },
          { id: both.id, name: 'u003' },
        ],
        renamed: [{ id: renamer.id, old_name: 'u002', new_name: 'x2' }],
        count: WHOLE_LIST_MAX + 3,
      },
    ]);
    // What comes then is gathered for as long again, whenever the last of those before came.
    watcher.forget();
    clock.increment(50);
    await renamer.rename('x3');
    clock.increment(PRESENCE_GATHER_MS - 1);
    expect(watcher.frames).toEqual([]);
    clock.increment(1);
    expect(watcher.of('presence')).toMatchObject([{ renamed: [{ new_name: 'x3' }] }]);
  });

  it('says nothing when nothing has come of them, and begins a new interval with the next', async () => {
    const [watcher, renamer] = (await crowd(WHOLE_LIST_MAX + 2)) as [Person, Person];
    await renamer.rename('x1');
    await renamer.rename('u001');
    clock.increment(PRESENCE_GATHER_MS);
    expect(watcher.frames).toEqual([]);
    await renamer.rename('x2');
    clock.increment(PRESENCE_GATHER_MS - 1);
    expect(watcher.frames).toEqual([]);
    clock.increment(1);
    expect(watcher.of('presence')[0]?.renamed).toEqual([
      { id: renamer.id, old_name: 'u001', new_name: 'x2' },
    ]);
  });

  it('tells whoever came meanwhile what has become of those whom they saw, and the others nothing of it', async () => {
    const [watcher, renamer] = (await crowd(WHOLE_LIST_MAX + 2)) as [Person, Person];
    const [passing] = (await arrive('aa')) as [Person];
    await renamer.rename('bb');
    const [zoe] = (await arrive('zoe')) as [Person];
    expect(zoe.of('joined')[0]?.users.slice(0, 2)).toMatchObject([{ name: 'aa' }, { name: 'bb' }]);
    await passing.quit();
    await renamer.rename('u001');
    clock.increment(PRESENCE_GATHER_MS);
    const news = { joined: [{ id: zoe.id, name: 'zoe' }], left: [], renamed: [], count: WHOLE_LIST_MAX + 3 };
    expect(watcher.frames).toMatchObject([news]);
    expect(renamer.of('presence')).toMatchObject([news]);
    expect(zoe.of('presence')).toMatchObject([
      {
        ...news,
        joined: [{ id: zoe.id }, { id: renamer.id, name: 'u001' }],
        left: [{ id: passing.id, name: 'aa' }],
      },
    ]);
    // From here on they are told what all are told.
    await renamer.rename('x');
    clock.increment(PRESENCE_GATHER_MS);
    expect(zoe.of('presence')[1]).toEqual(watcher.of('presence')[1]);
  });

  it('tells whoever came while somebody was out that they are back', async () => {
    const [lobbyist, ...people] = await crowd(WHOLE_LIST_MAX + 3);
    for (const person of people) await person.join('attic');
    const back = people[0] as Person;
    clock.increment(PRESENCE_GATHER_MS);
    for (const person of people) person.forget();
    await back.leave('attic');
    await lobbyist?.join('attic');
    await back.join('attic');
    clock.increment(PRESENCE_GATHER_MS);
    const joined = (person: Person | undefined) => person?.of('presence')[0]?.joined.map(({ id }) => id);
    expect(joined(lobbyist)).toEqual([lobbyist?.id, back.id]);
    expect(joined(people[1])).toEqual([lobbyist?.id]);
  });

  it('tells whoever asked for the list meanwhile what has become of it', async () => {
    const [watcher, renamer, curious] = (await crowd(WHOLE_LIST_MAX + 2)) as [Person, Person, Person];
    await renamer.rename('x');
    curious.look();
    await renamer.rename('u001');
    clock.increment(PRESENCE_GATHER_MS);
    expect(watcher.frames).toEqual([]);
    expect(curious.of('presence')).toMatchObject([
      { joined: [{ id: renamer.id, name: 'u001' }], left: [], renamed: [] },
    ]);
    // Whoever looks when nothing is about to be told has seen all.
    curious.forget();
    curious.look();
    await renamer.rename('x');
    await renamer.rename('u001');
    clock.increment(PRESENCE_GATHER_MS);
    expect(curious.of('presence')).toEqual([]);
  });

  it('tells nobody of one who goes away', async () => {
    const [watcher, away] = (await crowd(WHOLE_LIST_MAX + 2)) as [Person, Person];
    await away.goAway();
    clock.increment(PRESENCE_GATHER_MS);
    expect(watcher.frames).toEqual([]);
    clock.increment(30_000);
    await committed();
    clock.increment(PRESENCE_GATHER_MS);
    expect(watcher.of('presence').map(({ left }) => left)).toEqual([[{ id: away.id, name: 'u001' }]]);
  });
});

describe('a room of 100 members', () => {
  it('tells of each change at once, with the whole list', async () => {
    const [watcher] = (await crowd(WHOLE_LIST_MAX - 1)) as [Person];
    const [zoe] = (await arrive('zoe')) as [Person];
    await zoe.rename('zoey');
    await zoe.quit();
    expect(watcher.frames.map(({ type }) => type)).toEqual(['user_joined', 'nick_changed', 'user_left']);
    expect(watcher.of('user_joined')).toMatchObject([{ user: 'zoe', count: WHOLE_LIST_MAX }]);
    expect(watcher.of('user_joined')[0]?.users).toHaveLength(WHOLE_LIST_MAX);
    expect(watcher.of('nick_changed')).toMatchObject([{ old_name: 'zoe', new_name: 'zoey' }]);
    expect(watcher.of('user_left')).toMatchObject([{ user: 'zoey', count: WHOLE_LIST_MAX - 1 }]);
    clock.increment(PRESENCE_GATHER_MS);
    expect(watcher.frames).toHaveLength(3);
  });

  it('gathers from the 101st on', async () => {
    const [watcher] = (await crowd(WHOLE_LIST_MAX)) as [Person];
    await arrive('zoe');
    expect(watcher.frames).toEqual([]);
    clock.increment(PRESENCE_GATHER_MS);
    expect(watcher.of('presence')).toMatchObject([{ joined: [{ name: 'zoe' }], count: WHOLE_LIST_MAX + 1 }]);
  });
});

describe('a room that stops being large', () => {
  it('tells first what was gathered, then of the leaver under the name that others know', async () => {
    const people = await crowd(WHOLE_LIST_MAX + 1);
    const [watcher, renamer, leaver] = people as [Person, Person, Person];
    await renamer.rename('x1');
    await leaver.rename('y1');
    await leaver.quit();
    expect(watcher.frames).toMatchObject([
      { type: 'presence', renamed: [{ old_name: 'u001', new_name: 'x1' }], left: [], joined: [] },
      { type: 'user_left', user: 'u002', count: WHOLE_LIST_MAX },
    ]);
    watcher.forget();
    clock.increment(PRESENCE_GATHER_MS * 2);
    expect(watcher.frames).toEqual([]);
  });

  it('does not tell of one whom the others have never heard of', async () => {
    const [watcher] = (await crowd(WHOLE_LIST_MAX)) as [Person];
    const [passing] = (await arrive('passing')) as [Person];
    await passing.quit();
    clock.increment(100);
    expect(watcher.frames).toEqual([]);
    // What comes later is gathered anew, for the whole of an interval.
    await arrive('zoe');
    clock.increment(PRESENCE_GATHER_MS - 1);
    expect(watcher.frames).toEqual([]);
    clock.increment(1);
    expect(watcher.of('presence')).toHaveLength(1);
  });

  it('tells of one whom only a newcomer has seen to that newcomer', async () => {
    const [watcher, leaver] = (await crowd(WHOLE_LIST_MAX)) as [Person, Person];
    const [passing] = (await arrive('passing')) as [Person];
    const [zoe] = (await arrive('zoe')) as [Person];
    await leaver.quit();
    zoe.forget();
    await passing.quit();
    expect(watcher.frames.map(({ type }) => type)).toEqual(['presence']);
    expect(watcher.of('presence')).toMatchObject([{ joined: [{ name: 'zoe' }], left: [{ name: 'u001' }] }]);
    expect(zoe.frames.map(({ type }) => type)).toEqual(['presence', 'user_left']);
    expect(zoe.of('user_left')).toMatchObject([{ user: 'passing', count: WHOLE_LIST_MAX }]);
  });

  it('does not tell a newcomer of one who came and went after them', async () => {
    const people = await crowd(WHOLE_LIST_MAX + 2);
    await people[1]?.quit();
    const [zoe] = (await arrive('zoe')) as [Person];
    const [passing] = (await arrive('passing')) as [Person];
    await people[2]?.quit();
    await people[3]?.quit();
    zoe.forget();
    await passing.quit();
    expect(zoe.frames.map(({ type }) => type)).toEqual(['presence']);
    expect(zoe.of('presence')).toMatchObject([{ count: WHOLE_LIST_MAX }]);
  });

  it('tells the first leaver at once who is well known', async () => {
    const [watcher, leaver] = (await crowd(WHOLE_LIST_MAX + 1)) as [Person, Person];
    await leaver.quit();
    expect(watcher.frames).toMatchObject([{ type: 'user_left', user: 'u001', count: WHOLE_LIST_MAX }]);
  });
});
