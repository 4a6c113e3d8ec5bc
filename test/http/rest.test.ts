import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/protocol/entities.ts';
import { restAnswers } from '../../src/protocol/rest.ts';
import { startServer } from '../support/server.ts';

describe('GET /api/rooms', () => {
  it('lists the rooms sorted by name', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    const { status, body, headers } = await server.get('/api/rooms');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(restAnswers.rooms.parse(body).map(({ name, users }) => [name, users])).toEqual([
      ['attic', 1],
      ['general', 1],
      ['help', 0],
      ['random', 0],
    ]);
  });

  it('pages with after and limit', async () => {
    const server = await startServer();
    const names = async (query: string) =>
      restAnswers.rooms.parse((await server.get(`/api/rooms${query}`)).body).map(({ name }) => name);
    expect(await names('?limit=2')).toEqual(['general', 'help']);
    expect(await names('?after=help')).toEqual(['random']);
    expect(await names('?after=general&limit=1')).toEqual(['help']);
    expect(await names('?after=zzz')).toEqual([]);
  });
});

describe('GET /api/room/:name/users', () => {
  it('lists the members sorted by name, without any secret', async () => {
    const server = await startServer();
    const [ben] = await server.users('Ben', 'Ann');
    const { status, body } = await server.get('/api/room/general/users');
    expect(status).toBe(200);
    expect(restAnswers.users.parse(body)).toMatchObject([
      { name: 'Ann', typing: false, status: 'online' },
      { name: 'Ben', typing: false, status: 'online' },
    ]);
    expect(JSON.stringify(body)).not.toContain(ben.me.session_id);
  });

  it('pages with after and limit', async () => {
    const server = await startServer();
    await server.users('Ann', 'Ben', 'Cid');
    const names = async (query: string) =>
      restAnswers.users
        .parse((await server.get(`/api/room/general/users${query}`)).body)
        .map(({ name }) => name);
    expect(await names('?limit=2')).toEqual(['Ann', 'Ben']);
    expect(await names('?after=Ann&limit=1')).toEqual(['Ben']);
    expect(await names('?after=Ben')).toEqual(['Cid']);
  });
});

describe('GET /api/room/:name/history', () => {
  it('gives the last entries, oldest first', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    await ann.say('attic', 'one');
    await ann.say('attic', 'two');
    const { status, body } = await server.get('/api/room/attic/history');
    expect(status).toBe(200);
    expect(restAnswers.history.parse(body).map(({ type, from, text }) => [type, from, text])).toEqual([
      ['system', 'system', 'Ann created the room'],
      ['message', 'Ann', 'one'],
      ['message', 'Ann', 'two'],
    ]);
  });

  it('gives the newest below an id, at most as many as asked for', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    for (const text of ['one', 'two', 'three']) await ann.say('general', text);
    const texts = async (query: string) => {
      const { body } = await server.get(`/api/room/general/history${query}`);
      return (body as Entry[]).map(({ text }) => text);
    };
    expect(await texts('?limit=2')).toEqual(['two', 'three']);
    const newest = ((await server.get('/api/room/general/history?limit=1')).body as Entry[])[0];
    expect(await texts(`?before=${newest?.id}&limit=1`)).toEqual(['two']);
    expect(await texts('?before=1')).toEqual([]);
  });

  it('gives no more than 100', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    for (let i = 0; i < 110; i++) ann.send({ type: 'message', room: 'general', text: `${i}` });
    await ann.next('message', { text: '109' });
    const { body } = await server.get('/api/room/general/history');
    expect(body).toHaveLength(100);
    expect(body.at(-1).text).toBe('109');
  });

  it('takes the name of the room as a frame does: percent-decoded, in any case, in any script', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('Чат');
    for (const name of ['Чат', 'чат', 'ЧАТ'].map(encodeURIComponent)) {
      expect((await server.get(`/api/room/${name}/history`)).status).toBe(200);
    }
    await ann.join('a/b');
    expect((await server.get('/api/room/a%2Fb/users')).body).toHaveLength(1);
    expect((await server.get('/api/room/GENERAL/users')).body).toHaveLength(1);
  });
});

describe('GET /api/stats', () => {
  it('counts who is online, rooms and messages', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann', 'Ben');
    await ann.say('general', 'hello');
    const { status, body } = await server.get('/api/stats');
    expect(status).toBe(200);
    expect(restAnswers.stats.parse(body)).toMatchObject({
      users_online: 2,
      rooms_count: 3,
      messages_total: 1,
    });
  });
});

describe('what is wrong with a request', () => {
  it.each(['users', 'history'])('answers 404 to %s of an unknown room', async (what) => {
    const server = await startServer();
    const { status, body } = await server.get(`/api/room/nowhere/${what}`);
    expect([status, body]).toEqual([404, { error: 'Room not found' }]);
  });

  it.each([
    ['/api/rooms?limit=0', 'limit'],
    ['/api/rooms?limit=1001', 'limit'],
    ['/api/rooms?limit=ten', 'limit'],
    ['/api/rooms?limit=', 'limit'],
    ['/api/rooms?limit=1.5', 'limit'],
    ['/api/rooms?limit=-1', 'limit'],
    ['/api/rooms?limit=1&limit=2', 'limit'],
    ['/api/rooms?after=a&after=b', 'after'],
    ['/api/room/general/users?limit=1001', 'limit'],
    ['/api/room/general/history?limit=101', 'limit'],
    ['/api/room/general/history?before=0', 'before'],
    ['/api/room/general/history?before=x', 'before'],
    ['/api/room/general/history?before=9999999999999999', 'before'],
    ['/api/room/general/history?before=1&before=2', 'before'],
  ])('answers 400 to %s, naming %s', async (path, field) => {
    const server = await startServer();
    const { status, body } = await server.get(path);
    expect(status).toBe(400);
    expect(restAnswers.error.parse(body).error).toContain(`"${field}"`);
  });

  it.each(['/api/room/x/users', '/api/room/--/history', '/api/room//users', '/api/room/%20/history'])(
    'answers 400 to the bad room name of %s',
    async (path) => {
      const server = await startServer();
      const { status, body } = await server.get(path);
      expect(status).toBe(400);
      expect(body.error).toMatch(/^Bad room name/);
    },
  );

  it('ignores fields it does not know', async () => {
    const server = await startServer();
    expect((await server.get('/api/rooms?cache=17&__proto__=1&constructor=2')).status).toBe(200);
  });
});
