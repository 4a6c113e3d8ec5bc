import { describe, expect, it } from 'vitest';
import { SteppedClock } from '../support/clock.ts';
import { heldJournal } from '../support/held-journal.ts';
import { startServer } from '../support/server.ts';

describe('while the journal takes its time', () => {
  it('nothing is shown or acknowledged before it is committed, and the server goes on answering', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    hold();
    ann.send({ type: 'message', room: 'general', text: 'first', ref: 'one' });
    ann.send({ type: 'message', room: 'general', text: 'second', ref: 'two' });
    await ann.expectNone('message');
    await ann.expectNone('ack');
    expect(await ann.ask({ type: 'get_history', room: 'general' })).toMatchObject({ messages: [] });
    bob.send({ type: 'typing', room: 'general', typing: true });
    await ann.next('typing', { user: 'Bob', typing: true });
    release();
    expect((await bob.next('message')).text).toBe('first');
    expect((await bob.next('message')).text).toBe('second');
    expect((await ann.next('ack')).ref).toBe('one');
    expect((await ann.next('ack')).ref).toBe('two');
  });

  it('a newcomer is greeted when the session is stored, and what they send before is handled after it', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    hold();
    const bob = await server.connect({ name: 'Bob' });
    bob.send({ type: 'ping', ts: 1 });
    bob.send({ type: 'message', room: 'general', text: 'hello' });
    await ann.settle();
    expect(bob.frames).toEqual([]);
    release();
    await ann.next('message', { text: 'hello', from: 'Bob' });
    await bob.next('message');
    expect(bob.frames.map(({ type }) => type)).toEqual(['connected', 'joined', 'pong', 'message']);
  });

  it('a newcomer is asked for no sign of life before they are greeted', async () => {
    const { journal, hold, release } = heldJournal();
    const clock = new SteppedClock();
    const server = await startServer({}, { clock, journal });
    const [ann] = await server.users('Ann');
    hold();
    const bob = await server.connect({ name: 'Bob' });
    await clock.pass(30_000, ann);
    await ann.next('ping');
    release();
    await bob.next('joined');
    expect(bob.frames[0]).toMatchObject({ type: 'connected' });
  });

  it('one who does not wait to be greeted is counted nowhere', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    hold();
    const bob = await server.connect({ name: 'Bob' });
    await bob.drop();
    await expect.poll(async () => (await server.get('/api/stats')).body.connections).toBe(1);
    release();
    await ann.settle();
    expect((await server.get('/api/stats')).body).toMatchObject({ users_online: 1, users_away: 0 });
    await (await server.connect({ name: 'Bob' })).next('connected', { name: 'Bob' });
    expect((await server.get('/api/stats')).body).toMatchObject({ users_online: 2, users_away: 0 });
  });

  it('joins and leaves take effect behind the entries that were accepted before them', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann, bob, cid] = await server.users('Ann', 'Bob', 'Cid');
    await ann.join('attic');
    await cid.join('attic');
    await ann.forget();
    hold();
    ann.send({ type: 'message', room: 'attic', text: 'before the join' });
    await ann.settle();
    bob.send({ type: 'join', room: 'attic' });
    bob.send({ type: 'message', room: 'attic', text: 'by the newcomer' });
    await bob.settle();
    cid.send({ type: 'leave', room: 'attic' });
    await cid.settle();
    ann.send({ type: 'message', room: 'attic', text: 'after the leave' });
    await ann.settle();
    release();

    const joined = await bob.next('joined', { room: 'attic' });
    expect(joined.history.map(({ text }) => text)).toEqual(['Ann created the room', 'before the join']);
    await ann.next('message', { text: 'after the leave' });
    const seen = ann.frames.slice(-5).map((frame) => ('text' in frame ? frame.text : frame.type));
    expect(seen).toEqual([
      'before the join',
      'user_joined',
      'by the newcomer',
      'user_left',
      'after the leave',
    ]);
    await cid.next('left');
    await cid.expectNone('message', { text: 'after the leave' });
  });

  it('the last to leave a room and the next to join it meet in one that goes on or begins anew', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await ann.join('attic');
    hold();
    ann.send({ type: 'leave', room: 'attic' });
    await ann.settle();
    bob.send({ type: 'join', room: 'attic' });
    await bob.settle();
    release();
    await ann.next('left');
    expect(await bob.next('joined', { room: 'attic' })).toMatchObject({ count: 1 });
    expect((await server.get('/api/room/attic/users')).body).toMatchObject([{ name: 'Bob' }]);
    await bob.say('attic', 'mine now');
  });

  it('a room that one is not yet in is none of those that one comes back to', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    hold();
    ann.send({ type: 'join', room: 'attic' });
    await ann.settle();
    const tab = await server.connect({ session: ann.me.session_id });
    expect(await tab.next('resumed')).toMatchObject({ rooms: ['general'], missedMessages: { general: [] } });
    release();
    await tab.next('joined', { room: 'attic' });
  });

  it('one who left and joins again is in the room only with the later join', async () => {
    const { journal, hold, release, releaseOne } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    hold();
    for (const type of ['join', 'leave', 'join']) ann.send({ type, room: 'random' });
    await ann.settle();
    releaseOne();
    await ann.next('joined', { room: 'random' });
    const tab = await server.connect({ session: ann.me.session_id });
    expect(await tab.next('resumed')).toMatchObject({ rooms: ['general'] });
    release();
    await tab.next('left', { room: 'random' });
    await tab.next('joined', { room: 'random' });
  });

  it('one who leaves at once is let in and out again', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    hold();
    for (const type of ['join', 'leave']) ann.send({ type, room: 'random' });
    await ann.settle();
    release();
    await ann.next('joined', { room: 'random' });
    await ann.next('left', { room: 'random' });
    expect((await server.get('/api/room/random/users')).body).toEqual([]);
  });

  it('nothing is said of a name before that it has become one’s own', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    hold();
    for (const ref of ['one', 'two']) ann.send({ type: 'set_nick', name: 'Zoe', ref });
    await ann.expectNone('nick_changed');
    release();
    expect(await ann.next('nick_changed')).toMatchObject({ ref: 'one', old_name: 'Ann', new_name: 'Zoe' });
    expect(await ann.next('nick_changed')).toMatchObject({ ref: 'two', old_name: 'Zoe', new_name: 'Zoe' });
  });

  it('a name is taken as soon as it is asked for', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    hold();
    ann.send({ type: 'set_nick', name: 'Zoe' });
    await ann.settle();
    expect(await bob.ask({ type: 'set_nick', name: 'zoe' })).toMatchObject({ code: 'name_taken' });
    expect(await bob.ask({ type: 'set_nick', name: 'Ann' })).toMatchObject({ code: 'name_taken' });
    release();
    expect(await bob.next('nick_changed')).toMatchObject({
      old_name: 'Ann',
      new_name: 'Zoe',
      room: 'general',
    });
    expect(await bob.ask({ type: 'set_nick', name: 'Ann' })).toMatchObject({ type: 'nick_changed' });
  });

  it('names that are changed twice and back stay with their bearer', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    hold();
    for (const name of ['Zoe', 'Ann']) ann.send({ type: 'set_nick', name });
    await ann.settle();
    release();
    await ann.next('nick_changed', { new_name: 'Ann' });
    expect(await bob.ask({ type: 'set_nick', name: 'Ann' })).toMatchObject({ code: 'name_taken' });
    expect(await bob.ask({ type: 'set_nick', name: 'Zoe' })).toMatchObject({ type: 'nick_changed' });
  });

  it('a private message to one who leaves for good meanwhile comes back as undelivered', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    hold();
    ann.send({ type: 'pm', to: 'Bob', text: 'psst', ref: 'one' });
    await ann.settle();
    bob.send({ type: 'quit' });
    await bob.closed;
    release();
    await ann.next('pm_sent');
    await ann.next('ack', { ref: 'one' });
    await ann.next('error', { code: 'pm_undelivered', ref: 'one' });
  });

  it('what a session sent before it ended is acknowledged to the one that follows on it', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    hold();
    ann.send({ type: 'message', room: 'general', text: 'hello', ref: 'one' });
    await ann.settle();
    ann.send({ type: 'quit' });
    await ann.closed;
    const again = await server.connect({ name: 'Ann', session: ann.me.session_id });
    again.send({ type: 'message', room: 'general', text: 'hello', ref: 'one' });
    release();
    await again.next('connected');
    await again.next('ack', { ref: 'one' });
    await bob.next('message', { text: 'hello' });
    await bob.expectNone('message');
  });

  it('the names of a user who leaves for good while being renamed are free', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    hold();
    ann.send({ type: 'set_nick', name: 'Zoe' });
    ann.send({ type: 'quit' });
    await ann.closed;
    release();
    for (const name of ['Ann', 'Zoe']) {
      expect(await bob.ask({ type: 'set_nick', name })).toMatchObject({
        type: 'nick_changed',
        new_name: name,
      });
    }
  });

  it('a room that is left after a rename was accepted is still told of it', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await ann.join('attic');
    await bob.join('attic');
    await bob.forget();
    hold();
    ann.send({ type: 'set_nick', name: 'Zoe' });
    ann.send({ type: 'message', room: 'attic', text: 'bye' });
    ann.send({ type: 'leave', room: 'attic' });
    await ann.settle();
    release();
    await bob.next('nick_changed', { room: 'attic', old_name: 'Ann', new_name: 'Zoe' });
    await bob.next('message', { from: 'Zoe' });
    await bob.next('user_left', { user: 'Zoe', room: 'attic' });
  });

  it('one who joins and types at once is shown as typing when they come in', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await ann.join('attic');
    hold();
    bob.send({ type: 'join', room: 'attic' });
    bob.send({ type: 'typing', room: 'attic', typing: true });
    await bob.settle();
    await ann.expectNone('typing');
    release();
    const { users } = await ann.next('user_joined', { user: 'Bob' });
    expect(users.map(({ name, typing }) => [name, typing])).toEqual([
      ['Ann', false],
      ['Bob', true],
    ]);
    await bob.say('attic', 'done');
    expect(await ann.next('typing')).toMatchObject({ user: 'Bob', typing: false });
  });

  it('of two who join it is the one who types that is shown as typing', async () => {
    const { journal, hold, release } = heldJournal();
    const server = await startServer({}, { journal });
    const [ann, bob, cid] = await server.users('Ann', 'Bob', 'Cid');
    await ann.join('attic');
    hold();
    for (const client of [bob, cid]) {
      client.send({ type: 'join', room: 'attic' });
      await client.settle();
    }
    cid.send({ type: 'typing', room: 'attic', typing: true });
    await cid.settle();
    release();
    const { users } = await ann.next('user_joined', { user: 'Cid' });
    expect(users.map(({ name, typing }) => [name, typing])).toEqual([
      ['Ann', false],
      ['Bob', false],
      ['Cid', true],
    ]);
  });
});
