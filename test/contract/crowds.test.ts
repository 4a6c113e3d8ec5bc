import { describe, expect, it } from 'vitest';
import { NOTHING_RECOVERED, type Recovered } from '../../src/journal/journal.ts';
import { createMemoryJournal } from '../../src/journal/memory.ts';
import { PRESENCE_GATHER_MS } from '../../src/protocol/limits.ts';
import { SteppedClock } from '../support/clock.ts';
import { startServer, type TestServer } from '../support/server.ts';

// Crowds that were there before a restart: nobody need connect, one after the other, to make them.

/** A server that has come back with these people, all of them away, and these rooms. */
function serverWith(clock: SteppedClock, names: string[], rooms: string[]): Promise<TestServer> {
  const founder = { id: 'founder', name: 'Founder' };
  const recovered: Recovered = {
    ...NOTHING_RECOVERED,
    rooms: rooms.map((name) => ({ name, founder, createdAt: 1 })),
    sessions: names.map((name) => ({
      user: { id: `id of ${name}`, name },
      digest: `digest of ${name}`,
      rooms: ['general', ...rooms],
      privates: [],
      notices: [],
      sends: [],
    })),
  };
  const journal = { ...createMemoryJournal(() => clock.now()), recovered: () => recovered };
  return startServer({}, { clock, journal });
}

const numbered = (word: string, size: number) =>
  Array.from({ length: size }, (_, i) => `${word}${String(i).padStart(4, '0')}`);

describe('of more than 1,000 rooms', () => {
  const rooms = numbered('a', 1_002);
  const expected = rooms.slice(0, 1_000);

  it('connected, get_rooms and GET /api/rooms have the first 1,000', async () => {
    const server = await serverWith(new SteppedClock(), ['Bea'], rooms);
    const ann = await server.user('Ann');
    expect(ann.me.rooms).toEqual(expected);
    const listed = async (query: object) => {
      const answer = await ann.ask({ type: 'get_rooms', ...query });
      return answer.type === 'room_list' ? answer.rooms.map(({ name }) => name) : answer;
    };
    expect(await listed({})).toEqual(expected);
    expect(await listed({ after: 'a0999' })).toEqual(['a1000', 'a1001', 'general', 'help', 'random']);
    const { body } = await server.get('/api/rooms');
    expect(body.map(({ name }: { name: string }) => name)).toEqual(expected);
  });
});

describe('of more than 1,000 members', () => {
  const people = numbered('Bea', 1_002);
  const namesOf = (users: { name: string }[]) => users.map(({ name }) => name);

  it('joined and get_users have the first 100, and GET …/users the first 1,000', async () => {
    const server = await serverWith(new SteppedClock(), people, []);
    const ann = await server.connect({ name: 'Zoe' });
    const joined = await ann.next('joined');
    expect(namesOf(joined.users)).toEqual(people.slice(0, 100));
    expect(joined.count).toBe(1_003);
    const answer = (await ann.ask({ type: 'get_users', room: 'general' })) as typeof joined;
    expect(namesOf(answer.users)).toEqual(people.slice(0, 100));
    expect(answer.count).toBe(1_003);
    const page = { type: 'get_users', room: 'general', after: 'Bea0999', limit: 1_000 };
    expect(namesOf(((await ann.ask(page as never)) as typeof joined).users)).toEqual([
      'Bea1000',
      'Bea1001',
      'Zoe',
    ]);
    expect(namesOf((await server.get('/api/room/general/users')).body)).toEqual(people.slice(0, 1_000));
  });
});

it('the larger a room, the longer its members wait for news of who came: 0.2 ms for each', async () => {
  const clock = new SteppedClock();
  const server = await serverWith(clock, numbered('Bea', 1_999), []);
  const ann = await server.user('Ann');
  clock.increment(400);
  await ann.next('presence', { count: 2_000 });
  const zoe = await server.user('Zoe');
  await zoe.settle();
  clock.increment(399);
  await ann.expectNone('presence');
  clock.increment(2);
  await ann.next('presence', { count: 2_001 });
});

describe('of more than 100 members', () => {
  it('whoever was shown somebody who has gone again is told, and nobody else', async () => {
    const clock = new SteppedClock();
    const server = await serverWith(clock, numbered('Bea', 150), []);
    const watcher = await server.user('Ann');
    const asker = await server.user('Ben');
    clock.increment(PRESENCE_GATHER_MS);
    for (const each of [watcher, asker]) await each.next('presence');
    const passing = await server.user('Abe');
    const newcomer = await server.user('Zoe');
    await asker.ask({ type: 'get_users', room: 'general' });
    passing.send({ type: 'quit' });
    await passing.closed;
    clock.increment(PRESENCE_GATHER_MS);
    const news = { joined: [{ name: 'Zoe' }], renamed: [], count: 153 };
    expect(await watcher.next('presence')).toMatchObject({ ...news, left: [] });
    for (const onlooker of [newcomer, asker]) {
      const left = [{ id: passing.me.user_id, name: 'Abe' }];
      expect(await onlooker.next('presence')).toMatchObject({ ...news, left });
    }
  });
});
