import { describe, expect, it } from 'vitest';
import { SteppedClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';

describe('several connections of a session', () => {
  it('all get what happens', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const second = await server.resume(ann);
    await ann.join('attic');
    expect(await second.next('joined')).toMatchObject({ room: 'attic', count: 1 });
    await bea.join('attic');
    for (const each of [ann, second]) await each.next('user_joined', { room: 'attic', user: 'Bea' });
    const said = await bea.say('attic', 'hi both');
    for (const each of [ann, second]) expect(await each.next('message')).toEqual(said);
    bea.send({ type: 'typing', room: 'attic', typing: true });
    for (const each of [ann, second]) await each.next('typing', { user: 'Bea' });
    second.send({ type: 'message', room: 'attic', text: 'from the second' });
    const own = await second.next('message');
    expect(await ann.next('message')).toEqual(own);
    await second.leave('attic');
    await ann.next('left', { room: 'attic' });
  });

  it('get answers only where they asked', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const second = await server.resume(ann);
    const seen = await second.during(async () => {
      for (const type of ['get_rooms', 'ping', 'bogus']) await ann.ask({ type });
      await ann.ask({ type: 'get_users', room: 'general' });
      await ann.ask({ type: 'get_history', room: 'general' });
      await ann.ask({ type: 'leave', room: 'general' });
      await ann.ask({ type: 'message', room: 'general', text: '/help' });
      await ann.say('general', 'with an ack');
    });
    expect(seen.map(({ type }) => type)).toEqual(['message']);
  });

  it('see the ref of a request only where it came from', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const second = await server.resume(ann);
    const seen = await second.during(async () => {
      await ann.join('attic');
      await ann.ask({ type: 'set_nick', name: 'Zoë' });
      await ann.leave('attic');
    });
    expect(seen.map(({ type }) => type)).toEqual(['joined', 'nick_changed', 'left']);
    for (const frame of seen) expect(frame).not.toHaveProperty('ref');
  });

  it('are one user to the others', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    expect(await bea.during(() => server.resume(ann))).toEqual([]);
    expect(await bea.ask({ type: 'get_users', room: 'general' })).toMatchObject({ count: 2 });
    expect((await server.get('/api/stats')).body).toMatchObject({ users_online: 2 });
  });

  it('keep the user online until the last one closes', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const second = await server.resume(ann);
    await second.close();
    const said = await bea.say('general', 'still there?');
    expect(await ann.next('message')).toEqual(said);
    await server.untilStatus(bea, 'Ann', 'online');
    const third = await server.resume(ann);
    await ann.close();
    await third.settle();
    await server.untilStatus(bea, 'Ann', 'online');
    await third.close();
    await server.untilAway(bea, 'Ann');
  });

  it('may send at the same time', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const second = await server.resume(ann);
    await Promise.all([ann.join('attic'), second.join('cellar')]);
    await Promise.all([ann.next('joined', { room: 'cellar' }), second.next('joined', { room: 'attic' })]);
    await Promise.all([ann.say('attic', 'a'), second.say('cellar', 'b')]);
  });
});

describe('away', () => {
  it('is still a member under their name, and nothing is announced', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const before = bea.frames.length;
    await ann.close();
    await server.untilAway(bea, 'Ann');
    expect(await bea.ask({ type: 'get_users', room: 'general' })).toMatchObject({
      users: [
        { name: 'Ann', status: 'away' },
        { name: 'Bea', status: 'online' },
      ],
      count: 2,
    });
    const types = bea.frames.slice(before).map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(['user_list']));
    expect((await server.get('/api/stats')).body).toMatchObject({ users_online: 1, users_away: 1 });
  });

  it('ends unnoticed by coming back within the grace period', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.drop();
    await server.untilAway(bea, 'Ann');
    await clock.pass(29_000, bea);
    const again = await server.resume(ann);
    expect(again.me.user_id).toBe(ann.me.user_id);
    await clock.pass(60_000, bea, again);
    await server.untilStatus(bea, 'Ann', 'online');
    await bea.expectNone('user_left');
    await bea.expectNone('user_joined');
    expect(await bea.say('general', 'hi')).toEqual(await again.next('message'));
  });

  it('ends the session after the grace period, with user_left in each room', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.join('attic');
    await ann.join('attic');
    await bea.forget();
    await ann.close();
    await server.untilAway(bea, 'Ann');
    await clock.pass(29_000, bea);
    await bea.expectNone('user_left');
    await clock.pass(1_000, bea);
    expect(await bea.next('user_left', { room: 'general' })).toMatchObject({ user: 'Ann', count: 1 });
    expect(await bea.next('user_left', { room: 'attic' })).toMatchObject({ user: 'Ann', count: 1 });
    const again = await server.connect({ session: ann.me.session_id, name: 'Ann' });
    expect(await again.next('connected')).toMatchObject({ name: 'Ann' });
    expect(again.me.session_id).not.toBe(ann.me.session_id);
  });

  it('lasts its whole time again, whenever one was away before', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.drop();
    await server.untilAway(bea, 'Ann');
    await clock.pass(20_000, bea);
    const again = await server.resume(ann);
    await again.drop();
    await server.untilAway(bea, 'Ann');
    await clock.pass(29_999, bea);
    await bea.expectNone('user_left');
    clock.increment(1);
    await bea.next('user_left', { user: 'Ann' });
  });

  it('lasts as long as PRESENCE_GRACE_MS says', async () => {
    const server = await startServer({ PRESENCE_GRACE_MS: 30 });
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.close();
    await bea.next('user_left', { user: 'Ann', room: 'general' });
  });

  it('keeps a room that has no other member', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('attic');
    await ann.say('attic', 'mine');
    await ann.close();
    await server.untilAway(bea, 'Ann');
    const again = await server.resume(ann);
    expect(again.me).toMatchObject({ rooms: expect.arrayContaining(['attic', 'general']) });
    expect((await again.say('attic', 'still mine')).room).toBe('attic');
  });
});

describe('a session secret', () => {
  it('that is unknown begins a new session with a fresh one', async () => {
    const server = await startServer();
    const chosen = 'a-secret-that-the-client-chose-by-itself';
    const first = await server.connect({ session: chosen, name: 'Ann' });
    const { session_id } = await first.next('connected');
    expect(session_id).not.toBe(chosen);
    await first.next('joined', { room: 'general' });
    const second = await server.connect({ session: chosen, name: 'Ann' });
    expect((await second.next('connected')).session_id).not.toBe(session_id);
    expect(second.me.user_id).not.toBe(first.me.user_id);
  });

  it.each(['', '__proto__', 'constructor', 'x'.repeat(5_000), '\u0000', 'ключ'])(
    'of any shape is just unknown (%#)',
    async (session) => {
      const server = await startServer();
      const client = await server.connect({ session, name: 'Ann' });
      expect(await client.next('connected')).toMatchObject({ name: 'Ann' });
    },
  );

  it('is not the public id', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const thief = await server.connect({ session: ann.me.user_id });
    await thief.next('connected');
    expect(thief.me.user_id).not.toBe(ann.me.user_id);
  });

  it('stays the same over a resume', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const again = await server.resume(ann);
    expect(again.me).toMatchObject({
      session_id: ann.me.session_id,
      user_id: ann.me.user_id,
      name: 'Ann',
      rooms: ['general'],
    });
  });
});

describe('quit', () => {
  it('ends the session at once, and its other connections with 4003', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const second = await server.resume(ann);
    const third = await server.resume(ann);
    ann.send({ type: 'quit' });
    expect((await second.closed).code).toBe(4003);
    expect((await third.closed).code).toBe(4003);
    expect(await ann.closed).toEqual({ code: 1000, reason: 'bye' });
    expect(await bea.next('user_left')).toMatchObject({ room: 'general', user: 'Ann', count: 1 });
    const again = await server.connect({ session: ann.me.session_id });
    await again.next('connected');
  });

  it('handles what was sent before it', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    ann.send({ type: 'message', room: 'general', text: 'bye' });
    ann.send({ type: 'quit' });
    await bea.next('message', { text: 'bye' });
    await bea.next('user_left', { user: 'Ann' });
  });

  it('lets out the answers to what was sent before it', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    // In one piece, so that the answer is still on its way when the session ends.
    ann.socket._socket.cork();
    ann.send({ type: 'get_rooms' });
    ann.send({ type: 'quit' });
    ann.socket._socket.uncork();
    await ann.next('room_list');
    expect((await ann.closed).code).toBe(1000);
  });

  it('deletes the rooms that it empties', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    ann.send({ type: 'quit' });
    await ann.closed;
    await expect.poll(async () => (await server.get('/api/room/attic/users')).status).toBe(404);
  });
});
