import { describe, expect, it } from 'vitest';
import { restAnswers } from '../../src/protocol/rest.ts';
import { SteppedClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';

describe('GET /api/rooms', () => {
  it('lists every room, its users and since when it is there, sorted by name', async () => {
    const server = await startServer();
    const before = Date.now() / 1_000;
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('attic');
    await bea.join('attic');
    const { status, body } = await server.get('/api/rooms');
    expect(status).toBe(200);
    expect(restAnswers.rooms.parse(body)).toMatchObject([
      { name: 'attic', users: 2 },
      { name: 'general', users: 2 },
      { name: 'help', users: 0 },
      { name: 'random', users: 0 },
    ]);
    expect(body[0].created_at).toBeGreaterThanOrEqual(before - 0.01);
    expect(body[0].created_at).toBeLessThanOrEqual(Date.now() / 1_000 + 0.01);
  });

  it('pages by after and limit', async () => {
    const server = await startServer();
    const page = async (query: string) =>
      (await server.get(`/api/rooms?${query}`)).body.map(({ name }: { name: string }) => name);
    expect(await page('limit=2')).toEqual(['general', 'help']);
    expect(await page('limit=2&after=help')).toEqual(['random']);
    expect(await page('after=random')).toEqual([]);
  });

  it('counts those away as members', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.close();
    await server.untilAway(bea, 'Ann');
    expect((await server.get('/api/rooms')).body[0]).toMatchObject({ name: 'general', users: 2 });
  });
});

describe('GET /api/room/:name/history', () => {
  it('gives the last 100 entries, oldest first', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    for (let i = 0; i < 103; i++) await ann.say('general', `${i}`);
    const { status, body } = await server.get('/api/room/general/history');
    expect(status).toBe(200);
    const texts = restAnswers.history.parse(body).map(({ text }) => text);
    expect(texts).toEqual(Array.from({ length: 100 }, (_, i) => `${i + 3}`));
  });

  it('pages by limit and before', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const ids: number[] = [];
    for (let i = 0; i < 6; i++) ids.push((await ann.say('general', `${i}`)).id);
    const page = async (query: string) =>
      (await server.get(`/api/room/general/history?${query}`)).body.map(({ id }: { id: number }) => id);
    expect(await page('limit=2')).toEqual(ids.slice(4));
    expect(await page(`limit=2&before=${ids[4]}`)).toEqual(ids.slice(2, 4));
    expect(await page(`before=${ids[0]}`)).toEqual([]);
  });

  it('holds entries of all three types', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    await ann.say('attic', 'hi');
    await ann.ask({ type: 'message', room: 'attic', text: '/me waves' });
    expect((await server.get('/api/room/attic/history')).body).toMatchObject([
      { type: 'system', from: 'system', text: 'Ann created the room' },
      { type: 'message', from: 'Ann', text: 'hi' },
      { type: 'action', from: 'Ann', text: '* Ann waves' },
    ]);
  });

  it('takes a name like anywhere else', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('Комната один');
    await ann.say('Комната один', 'hi');
    for (const name of ['комната_один', 'КОМНАТА ОДИН']) {
      const { body } = await server.get(`/api/room/${encodeURIComponent(name)}/history`);
      expect(body).toMatchObject([{ type: 'system' }, { text: 'hi' }]);
    }
  });
});

describe('GET /api/room/:name/users', () => {
  it('lists the members, sorted by name, with what they are doing', async () => {
    const server = await startServer();
    const [bea, ann, cid] = await server.users('Bea', 'Ann', 'Cid');
    await cid.close();
    await server.untilAway(ann, 'Cid');
    bea.send({ type: 'typing', room: 'general', typing: true });
    await ann.next('typing');
    const { status, body } = await server.get('/api/room/general/users');
    expect(status).toBe(200);
    expect(restAnswers.users.parse(body)).toEqual([
      { id: ann.me.user_id, name: 'Ann', typing: false, status: 'online' },
      { id: bea.me.user_id, name: 'Bea', typing: true, status: 'online' },
      { id: cid.me.user_id, name: 'Cid', typing: false, status: 'away' },
    ]);
  });

  it('pages by after and limit', async () => {
    const server = await startServer();
    await server.users('Ann', 'Bea', 'Cid');
    const page = async (query: string) =>
      (await server.get(`/api/room/general/users?${query}`)).body.map(({ name }: { name: string }) => name);
    expect(await page('limit=2')).toEqual(['Ann', 'Bea']);
    expect(await page('after=Bea')).toEqual(['Cid']);
  });
});

describe('an unknown room', () => {
  it.each(['history', 'users'])('has no %s', async (what) => {
    const server = await startServer();
    const { status, body } = await server.get(`/api/room/attic/${what}`);
    expect(status).toBe(404);
    expect(body).toEqual({ error: 'Room not found' });
  });
});

describe('GET /api/stats', () => {
  it('counts what happened', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await server.resume(ann);
    await ann.join('attic');
    await ann.say('attic', 'one');
    await ann.ask({ type: 'message', room: 'attic', text: '/me waves' });
    await ann.ask({ type: 'pm', to: 'Bea', text: 'psst' });
    await server.subscribe();
    await bea.settle();
    const { status, body } = await server.get('/api/stats');
    expect(status).toBe(200);
    expect(restAnswers.stats.parse(body)).toMatchObject({
      users_online: 2,
      users_away: 0,
      connections: 3,
      rooms_count: 4,
      messages_total: 2,
      private_messages_total: 1,
      sse_subscribers: 1,
    });
    expect(body.uptime).toBeLessThan(60);
  });

  it('says in whole seconds how long the server has been up', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    for (const seconds of [0, 90]) {
      expect((await server.get('/api/stats')).body.uptime).toBe(seconds);
      clock.increment(90_900);
    }
  });

  it('leaves those away out of users_online', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.close();
    await server.untilAway(bea, 'Ann');
    expect((await server.get('/api/stats')).body).toMatchObject({ users_online: 1, users_away: 1 });
    await server.resume(ann);
    expect((await server.get('/api/stats')).body).toMatchObject({ users_online: 2, users_away: 0 });
  });
});

describe('the counts of GET /api/stats', () => {
  it('follow who goes away, comes back and stays away', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea] = await server.users('Ann', 'Bea');
    const counts = async () => (await server.get('/api/stats')).body;
    await ann.drop();
    await server.untilAway(bea, 'Ann');
    const again = await server.resume(ann);
    expect(await counts()).toMatchObject({ users_online: 2, users_away: 0 });
    await again.drop();
    await server.untilAway(bea, 'Ann');
    await clock.pass(30_000, bea);
    await bea.next('user_left', { user: 'Ann' });
    expect(await counts()).toMatchObject({ users_online: 1, users_away: 0 });
    bea.send({ type: 'quit' });
    await bea.closed;
    expect(await counts()).toMatchObject({ users_online: 0, users_away: 0 });
  });

  it('follow rooms that are created and deleted', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const rooms = async () => (await server.get('/api/stats')).body.rooms_count;
    await ann.join('attic');
    expect(await rooms()).toBe(4);
    await ann.leave('attic');
    await ann.settle();
    expect(await rooms()).toBe(3);
  });
});

describe('health', () => {
  it.each(['/healthz', '/readyz'])('%s is 200 while the server runs', async (path) => {
    const server = await startServer();
    expect((await server.get(path)).status).toBe(200);
  });
});
