import { describe, expect, it } from 'vitest';
import { startServer } from '../support/server.ts';

describe('get_rooms', () => {
  it('answers with every room and the number of its users, sorted by name', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('attic');
    await bea.join('random');
    await bea.join('attic');
    expect(await ann.ask({ type: 'get_rooms' })).toEqual({
      type: 'room_list',
      ref: expect.any(String),
      rooms: [
        { name: 'attic', users: 2 },
        { name: 'general', users: 2 },
        { name: 'help', users: 0 },
        { name: 'random', users: 1 },
      ],
    });
  });

  it('pages by after and limit', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    const page = async (query: object) => {
      const answer = await ann.ask({ type: 'get_rooms', ...query });
      return answer.type === 'room_list' ? answer.rooms.map(({ name }) => name) : answer;
    };
    expect(await page({ limit: 2 })).toEqual(['attic', 'general']);
    expect(await page({ limit: 2, after: 'general' })).toEqual(['help', 'random']);
    expect(await page({ after: 'b' })).toEqual(['general', 'help', 'random']);
    expect(await page({ after: 'random' })).toEqual([]);
  });

  it.each([0, -1, 1.5, 1_001])('refuses a limit of %s', async (limit) => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    expect(await ann.ask({ type: 'get_rooms', limit })).toMatchObject({ code: 'bad_frame' });
  });
});

describe('get_users', () => {
  it('answers for any room, also one that one is not in', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.join('attic');
    expect(await ann.ask({ type: 'get_users', room: 'Attic' })).toMatchObject({
      type: 'user_list',
      room: 'attic',
      users: [{ id: bea.me.user_id, name: 'Bea', typing: false, status: 'online' }],
      count: 1,
    });
    expect(await ann.ask({ type: 'get_users', room: 'help' })).toMatchObject({ users: [], count: 0 });
  });

  it('sorts by name and pages by after and limit', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann', 'Dan', 'Bea', 'Cid');
    const page = async (query: object) => {
      const answer = await ann.ask({ type: 'get_users', room: 'general', ...query });
      if (answer.type !== 'user_list') return answer;
      expect(answer.count).toBe(4);
      return answer.users.map(({ name }) => name);
    };
    expect(await page({})).toEqual(['Ann', 'Bea', 'Cid', 'Dan']);
    expect(await page({ limit: 2 })).toEqual(['Ann', 'Bea']);
    expect(await page({ limit: 2, after: 'Bea' })).toEqual(['Cid', 'Dan']);
    expect(await page({ after: 'Dan' })).toEqual([]);
  });

  it.each([0, 1_001])('refuses a limit of %s', async (limit) => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    expect(await ann.ask({ type: 'get_users', room: 'general', limit })).toMatchObject({ code: 'bad_frame' });
  });
});

describe('get_history', () => {
  it('answers with the last 100 entries, oldest first', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    for (let i = 0; i < 105; i++) await ann.say('general', `${i}`);
    const answer = await bea.ask({ type: 'get_history', room: 'general' });
    expect(answer).toMatchObject({ type: 'history', room: 'general' });
    if (answer.type !== 'history') return;
    expect(answer.messages.map(({ text }) => text)).toEqual(
      Array.from({ length: 100 }, (_, i) => `${i + 5}`),
    );
  });

  it('pages by before and limit', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const ids: number[] = [];
    for (let i = 0; i < 10; i++) ids.push((await ann.say('general', `${i}`)).id);
    const page = async (query: object) => {
      const answer = await ann.ask({ type: 'get_history', room: 'general', ...query });
      return answer.type === 'history' ? answer.messages.map(({ id }) => id) : answer;
    };
    expect(await page({ limit: 3 })).toEqual(ids.slice(7));
    expect(await page({ limit: 3, before: ids[7] })).toEqual(ids.slice(4, 7));
    expect(await page({ before: ids[2] })).toEqual(ids.slice(0, 2));
    expect(await page({ before: ids[0] })).toEqual([]);
  });

  it('answers for a room that one is not in', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.join('attic');
    await bea.say('attic', 'open to all');
    expect(await ann.ask({ type: 'get_history', room: 'attic' })).toMatchObject({
      messages: [{ text: 'Bea created the room' }, { text: 'open to all' }],
    });
  });

  it.each([{ limit: 0 }, { limit: 101 }, { before: 0 }, { before: -5 }, { before: 1.5 }])(
    'refuses %j',
    async (query) => {
      const server = await startServer();
      const [ann] = await server.users('Ann');
      expect(await ann.ask({ type: 'get_history', room: 'general', ...query })).toMatchObject({
        code: 'bad_frame',
      });
    },
  );
});
