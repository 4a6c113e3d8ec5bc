import { describe, expect, it } from 'vitest';
import { SteppedClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';

describe('the rate of frames', () => {
  it('is limited to a burst, then error rate_limited says when to go on', async () => {
    const clock = new SteppedClock();
    const server = await startServer({ RATE_BURST: 5, RATE_PER_SECOND: 2 }, { clock });
    const ann = await server.user('Ann');
    for (let i = 0; i < 5; i++) await ann.say('general', `${i}`);
    const error = await ann.ask({ type: 'message', room: 'general', text: 'one too many' });
    expect(error).toMatchObject({ type: 'error', code: 'rate_limited', retry_after: expect.any(Number) });
    if (error.type !== 'error' || error.retry_after === undefined) return;
    expect(error.retry_after).toBeGreaterThan(0);
    expect(error.retry_after).toBeLessThanOrEqual(1);
    clock.increment(Math.ceil(error.retry_after * 1_000));
    await ann.say('general', 'after waiting');
    expect((await server.get('/api/room/general/history')).body).toHaveLength(6);
  });

  it('is refilled up to the burst', async () => {
    const clock = new SteppedClock();
    const server = await startServer({ RATE_BURST: 3, RATE_PER_SECOND: 1 }, { clock });
    const ann = await server.user('Ann');
    for (let i = 0; i < 3; i++) await ann.say('general', `${i}`);
    await clock.pass(20_000, ann);
    for (let i = 0; i < 3; i++) await ann.say('general', `again ${i}`);
    expect(await ann.ask({ type: 'get_rooms' })).toMatchObject({ code: 'rate_limited' });
  });

  it('is by default 20, refilled 5 a second', async () => {
    const clock = new SteppedClock();
    const server = await startServer({ RATE_BURST: 20 }, { clock });
    const ann = await server.user('Ann');
    for (let i = 0; i < 20; i++) await ann.say('general', `${i}`);
    expect(await ann.ask({ type: 'get_rooms' })).toMatchObject({ code: 'rate_limited' });
    clock.increment(1_000);
    for (let i = 0; i < 5; i++) await ann.say('general', `again ${i}`);
    expect(await ann.ask({ type: 'get_rooms' })).toMatchObject({ code: 'rate_limited' });
  });

  it('counts everything but heartbeats and typing', async () => {
    const clock = new SteppedClock();
    const server = await startServer({ RATE_BURST: 4 }, { clock });
    const ann = await server.user('Ann');
    for (let i = 0; i < 50; i++) ann.send({ type: i % 2 ? 'ping' : 'pong', ts: i });
    ann.send({ type: 'typing', room: 'general', typing: true });
    await ann.expectNone('error');
    for (const frame of [{ type: 'get_rooms' }, { type: 'bogus' }, { type: 'join', room: '!' }]) {
      expect(await ann.ask(frame)).not.toMatchObject({ code: 'rate_limited' });
    }
    ann.sendRaw('{');
    expect(await ann.next('error')).toMatchObject({ code: 'bad_json' });
    expect(await ann.ask({ type: 'get_rooms' })).toMatchObject({ code: 'rate_limited' });
    ann.send({ type: 'ping', ts: 'still answered' });
    await ann.next('pong', { ts: 'still answered' });
  });

  it('is limited for typing in a bucket of its own', async () => {
    const clock = new SteppedClock();
    const server = await startServer({ RATE_BURST: 3 }, { clock });
    const [ann, bea] = [await server.user('Ann'), await server.user('Bea')];
    for (let i = 0; i < 3; i++) await ann.say('general', `${i}`);
    expect(await ann.ask({ type: 'get_rooms' })).toMatchObject({ code: 'rate_limited' });
    ann.send({ type: 'typing', room: 'general', typing: true });
    await bea.next('typing', { user: 'Ann', typing: true });
    for (let i = 0; i < 8; i++) bea.send({ type: 'typing', room: 'general', typing: i % 2 === 0 });
    expect(await bea.next('error')).toMatchObject({ code: 'rate_limited' });
    expect(await bea.ask({ type: 'get_rooms' })).toMatchObject({ type: 'room_list' });
  });

  it('takes a typing frame that makes no sense out of the bucket for typing', async () => {
    const server = await startServer({ RATE_BURST: 3 }, { clock: new SteppedClock() });
    const ann = await server.user('Ann');
    for (let i = 0; i < 10; i++) ann.send({ type: 'typing', room: 'general' });
    expect(await ann.next('error')).toMatchObject({ code: 'bad_frame' });
    await ann.next('error', { code: 'rate_limited' });
    expect(await ann.ask({ type: 'get_rooms' })).toMatchObject({ type: 'room_list' });
  });

  it('is one for all connections of a session, and another for every other session', async () => {
    const clock = new SteppedClock();
    const server = await startServer({ RATE_BURST: 4 }, { clock });
    const [ann, bea] = [await server.user('Ann'), await server.user('Bea')];
    const second = await server.resume(ann);
    for (const each of [ann, second, ann, second]) await each.ask({ type: 'get_rooms' });
    for (const each of [ann, second]) {
      expect(await each.ask({ type: 'get_rooms' })).toMatchObject({ code: 'rate_limited' });
    }
    expect(await bea.ask({ type: 'get_rooms' })).toMatchObject({ type: 'room_list' });
  });

  it('closes with 1008 whoever goes on regardless', async () => {
    const server = await startServer({ RATE_BURST: 20 });
    const [ann, bea] = await server.users('Ann', 'Bea');
    for (let i = 0; i < 5_000; i++) ann.send({ type: 'message', room: 'general', text: `${i}` });
    expect((await ann.closed).code).toBe(1008);
    expect(await bea.ask({ type: 'get_rooms' })).toMatchObject({ type: 'room_list' });
  });

  it.each([
    ['no frame at all', '{'],
    ['binary', Buffer.from('{')],
  ])('closes with 1008 a flood of what is %s', async (_, data) => {
    const server = await startServer({ RATE_BURST: 20 });
    const ann = await server.user('Ann');
    for (let i = 0; i < 5_000; i++) ann.sendRaw(data);
    expect((await ann.closed).code).toBe(1008);
  });

  it('is not limited when RATE_PER_SECOND is 0', async () => {
    const server = await startServer({ RATE_BURST: 20, RATE_PER_SECOND: 0 });
    const ann = await server.user('Ann');
    for (let i = 0; i < 300; i++) ann.send({ type: 'message', room: 'general', text: `${i}` });
    await ann.next('message', { text: '299' });
    await ann.expectNone('error');
  });
});

describe('the size of a frame', () => {
  it('above 64 KiB closes with 1009', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    ann.sendRaw(JSON.stringify({ type: 'ping', ts: 'x'.repeat(64 * 1024) }));
    expect((await ann.closed).code).toBe(1009);
    await bea.say('general', 'not me');
    expect((await server.resume(ann)).me.name).toBe('Ann');
  });

  it('may be 64 KiB', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const empty = JSON.stringify({ type: 'message', room: 'general', text: '' }).length;
    const text = 'x'.repeat(64 * 1024 - empty);
    ann.send({ type: 'message', room: 'general', text });
    expect(await ann.next('error')).toMatchObject({ code: 'too_long' });
    await ann.say('general', 'still here');
  });
});

describe('the number of connections', () => {
  it.each([
    ['MAX_CONNECTIONS', { MAX_CONNECTIONS: 2 }],
    ['MAX_CONNECTIONS_PER_ADDRESS', { MAX_CONNECTIONS_PER_ADDRESS: 2 }],
    ['CONNECTS_PER_MINUTE', { CONNECTS_PER_MINUTE: 2 }],
    ['MAX_SESSIONS', { MAX_SESSIONS: 2 }],
  ])('above %s is accepted and closed with 1013', async (_, limit) => {
    const server = await startServer(limit);
    const [ann, bea] = await server.users('Ann', 'Bea');
    const third = await server.connect({ name: 'Cid' });
    expect((await third.closed).code).toBe(1013);
    expect(third.frames).toEqual([]);
    expect(await ann.say('general', 'just us')).toEqual(await bea.next('message'));
    await expect.poll(async () => (await server.get('/api/stats')).body.connections).toBe(2);
  });

  it('of one address goes by the address that a trusted proxy names', async () => {
    const server = await startServer({ MAX_CONNECTIONS_PER_ADDRESS: 1, TRUST_PROXY: 1 });
    const from = (address: string) => server.connect({}, { headers: { 'X-Forwarded-For': address } });
    await (await from('198.51.100.7')).next('connected');
    expect((await (await from('198.51.100.7')).closed).code).toBe(1013);
    await (await from('203.0.113.9')).next('connected');
  });

  it('of one address goes by no address that anybody else names', async () => {
    const server = await startServer({ MAX_CONNECTIONS_PER_ADDRESS: 1 });
    const from = (address: string) => server.connect({}, { headers: { 'X-Forwarded-For': address } });
    await (await from('198.51.100.7')).next('connected');
    expect((await (await from('203.0.113.9')).closed).code).toBe(1013);
  });

  it.each([
    ['MAX_CONNECTIONS', { MAX_CONNECTIONS: 2 }],
    ['MAX_CONNECTIONS_PER_ADDRESS', { MAX_CONNECTIONS_PER_ADDRESS: 2 }],
    ['MAX_SESSIONS', { MAX_SESSIONS: 2 }],
  ])('below %s again lets the next one in', async (_, limit) => {
    const server = await startServer(limit);
    const [ann, bea] = await server.users('Ann', 'Bea');
    ann.send({ type: 'quit' });
    await ann.closed;
    await bea.next('user_left');
    expect((await server.user('Cid')).me.name).toBe('Cid');
  });

  it('of sessions counts those away, and lets them come back', async () => {
    const server = await startServer({ MAX_SESSIONS: 2 });
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.close();
    await server.untilAway(bea, 'Ann');
    const third = await server.connect({ name: 'Cid' });
    expect((await third.closed).code).toBe(1013);
    expect((await server.resume(ann)).me.name).toBe('Ann');
  });
});

describe('the number of rooms', () => {
  it('on the server is at most MAX_ROOMS', async () => {
    const server = await startServer({ MAX_ROOMS: 4 });
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('attic');
    expect(await bea.ask({ type: 'join', room: 'cellar' })).toMatchObject({
      type: 'error',
      code: 'room_limit',
    });
    await bea.join('attic');
    await bea.join('random');
    await ann.leave('attic');
    await bea.leave('attic');
    await expect.poll(async () => (await ann.ask({ type: 'join', room: 'cellar' })).type).toBe('joined');
  });

  it('of a user is at most MAX_ROOMS_PER_USER', async () => {
    const server = await startServer({ MAX_ROOMS_PER_USER: 2 });
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('random');
    expect(await ann.ask({ type: 'join', room: 'attic' })).toMatchObject({
      type: 'error',
      code: 'too_many_rooms',
    });
    expect(await ann.ask({ type: 'join', room: 'help' })).toMatchObject({ code: 'too_many_rooms' });
    expect(await bea.ask({ type: 'get_users', room: 'attic' })).toMatchObject({ code: 'room_not_found' });
    await ann.leave('random');
    await ann.join('attic');
  });
});
