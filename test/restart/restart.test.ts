import { describe, expect, it } from 'vitest';
import { openDurableJournal } from '../../src/journal/durable/journal.ts';
import type { User } from '../../src/protocol/entities.ts';
import { EVENTS_GATHER_MS, REF_REMEMBERED_MS } from '../../src/protocol/limits.ts';
import { tamper } from '../journal/durable/directory.ts';
import { SteppedClock } from '../support/clock.ts';
import { temporaryDirectory } from '../support/data-directory.ts';
import { PATIENCE_MS } from '../support/patience.mjs';
import { startServer, type TestServer } from '../support/server.ts';

/** Two lives of a server on one directory. */
async function lives(settings = {}) {
  const DATA_DIR = temporaryDirectory();
  const clock = new SteppedClock();
  const start = (): Promise<TestServer> => startServer({ DATA_DIR, ...settings }, { clock });
  return { first: await start(), clock, start, directory: DATA_DIR };
}

describe('after a restart', () => {
  it('a user comes back with name, rooms and missed messages, and nobody is told of it', async () => {
    const { first, start } = await lives();
    const [ann, bob] = await first.users('Ann', 'Bob');
    await ann.join('attic');
    await bob.join('attic');
    expect(await ann.ask({ type: 'set_nick', name: 'Anna' })).toMatchObject({ type: 'nick_changed' });
    const seen = await ann.say('attic', 'seen');
    await ann.close();
    await bob.say('attic', 'missed');
    await first.close();

    const second = await start();
    const bobAgain = await second.resume(bob, bob.cursor);
    const annAgain = await second.connect({ session: ann.me.session_id, lastMsgId: seen.id });
    expect(await annAgain.next('resumed')).toMatchObject({
      user_id: ann.me.user_id,
      session_id: ann.me.session_id,
      name: 'Anna',
      rooms: ['attic', 'general'],
      missedMessages: { attic: [{ text: 'missed', from: 'Bob' }], general: [] },
      recovered: true,
    });
    await annAgain.say('attic', 'back');
    await bobAgain.next('message', { text: 'back', from: 'Anna' });
    expect(bobAgain.frames.map(({ type }) => type)).toEqual(['resumed', 'message']);
    annAgain.send({ type: 'typing', room: 'attic', typing: true });
    await bobAgain.next('typing', { user: 'Anna', typing: true });
  });

  it('rooms, members and counters are as they were', async () => {
    const { first, clock, start } = await lives();
    const [ann, bob] = await first.users('Ann', 'Bob');
    await ann.join('attic');
    for (const text of ['hello', 'hello again']) await ann.say('attic', text);
    await bob.ask({ type: 'pm', to: 'Ann', text: 'psst' });
    const look = async (server: TestServer) => ({
      rooms: (await server.get('/api/rooms')).body,
      users: (await server.get('/api/room/general/users')).body.map(({ status, ...user }: User) => user),
      history: (await server.get('/api/room/attic/history')).body,
    });
    const before = await look(first);
    await first.close();
    expect(before.users).toMatchObject([
      { name: 'Ann', typing: false },
      { name: 'Bob', typing: false },
    ]);
    // The rooms are as old as they are, the standing ones too.
    clock.increment(60_000);
    const second = await start();
    expect(await look(second)).toEqual(before);
    expect((await second.get('/api/stats')).body).toMatchObject({
      users_online: 0,
      users_away: 2,
      rooms_count: 4,
      messages_total: 2,
      private_messages_total: 1,
      data_bytes: expect.any(Number),
    });
    expect((await second.get('/api/stats')).body.data_bytes).toBeGreaterThan(10_000);
  });

  it('who does not come back within the grace period, counted from the restart, leaves then', async () => {
    const { first, clock, start } = await lives({ PRESENCE_GRACE_MS: 30_000 });
    const [ann, bob] = await first.users('Ann', 'Bob');
    await bob.join('attic');
    await ann.say('general', 'hello');
    await first.close();
    clock.increment(3_600_000);

    const second = await start();
    const back = await second.resume(ann, ann.cursor);
    await clock.pass(29_000, back);
    expect((await second.get('/api/room/attic/users')).body).toMatchObject([{ name: 'Bob', status: 'away' }]);
    await back.expectNone('user_left');
    await clock.pass(1_000, back);
    await back.next('user_left', { user: 'Bob', room: 'general' });
    expect((await second.get('/api/room/attic/users')).status).toBe(404);
    await (await second.connect({ name: 'Bob', session: bob.me.session_id })).next('connected', {
      name: 'Bob',
    });
  });

  it('who was there when the server was stopped is there, however short the grace period is', async () => {
    const { first, clock, start } = await lives({ PRESENCE_GRACE_MS: 0 });
    const [ann, bob] = await first.users('Ann', 'Bob');
    await bob.join('attic');
    const closing = first.close();
    await Promise.all([ann.closed, bob.closed]);
    clock.increment(1);
    await closing;
    const second = await start();
    const again = await second.connect({ session: bob.me.session_id });
    expect(await again.next('resumed')).toMatchObject({ rooms: ['attic', 'general'] });
  });

  it('a name is still its bearer’s, and a secret still that of one alone', async () => {
    const { first, start } = await lives();
    const [ann] = await first.users('Ann');
    await first.close();
    const second = await start();
    const other = await second.connect({ name: 'Ann', session: `${ann.me.session_id}x` });
    expect(await other.next('connected')).toMatchObject({ name: 'Ann2' });
    expect(await other.ask({ type: 'set_nick', name: 'ann' })).toMatchObject({ code: 'name_taken' });
  });

  it('private messages that waited arrive once', async () => {
    const { first, start } = await lives();
    const [ann, bob] = await first.users('Ann', 'Bob');
    const cursor = ann.cursor;
    await ann.close();
    await first.untilAway(bob, 'Ann');
    await bob.ask({ type: 'pm', to: 'Ann', text: 'waits' });
    await first.close();

    const second = await start();
    const back = await second.resume(ann, cursor);
    const { id } = await back.next('pm', { text: 'waits', from: 'Bob' });
    const again = await second.resume(ann, id);
    await again.expectNone('pm');
    const sender = await second.resume(bob, 0);
    await sender.next('pm_sent', { text: 'waits', to: 'Ann' });
  });

  it('the sender hears of a private message that nobody came back to read', async () => {
    const { first, clock, start } = await lives({ PRESENCE_GRACE_MS: 30_000 });
    const [ann, bob] = await first.users('Ann', 'Bob');
    await ann.close();
    await first.untilAway(bob, 'Ann');
    await bob.ask({ type: 'pm', to: 'Ann', text: 'waits' });
    await first.close();
    const second = await start();
    const sender = await second.resume(bob, bob.cursor);
    await clock.pass(30_000, sender);
    await sender.next('error', { code: 'pm_undelivered' });
  });

  it('the sender hears nothing of a private message that was read before it', async () => {
    const { first, clock, start } = await lives({ PRESENCE_GRACE_MS: 30_000 });
    const [ann, bob] = await first.users('Ann', 'Bob');
    await ann.close();
    await first.untilAway(bob, 'Ann');
    await bob.ask({ type: 'pm', to: 'Ann', text: 'waits' });
    const back = await first.resume(ann, ann.cursor);
    await back.next('pm', { text: 'waits' });
    await first.close();
    const second = await start();
    const sender = await second.resume(bob, bob.cursor);
    await clock.pass(30_000, sender);
    await sender.next('user_left', { user: 'Ann' });
    await sender.expectNone('error');
  });

  it.each(['comes back', 'goes away'] as const)(
    'the sender hears what holds of a message whose reader %s while it is being stored',
    async (what) => {
      const directory = temporaryDirectory();
      let held: Promise<void> | undefined;
      let release = () => {};
      const journal = openDurableJournal({ directory, now: Date.now, sync: async () => held });
      const first = await startServer({}, { journal });
      const [ann, bob] = await first.users('Ann', 'Bob');
      if (what === 'comes back') {
        await ann.close();
        await first.untilAway(bob, 'Ann');
      }
      held = new Promise((resolve) => {
        release = resolve;
      });
      bob.send({ type: 'pm', to: 'Ann', text: 'waits', ref: 'one' });
      await bob.settle();
      if (what === 'comes back') {
        const back = await first.resume(ann, ann.cursor);
        release();
        await back.next('pm', { text: 'waits' });
      } else {
        await ann.close();
        await first.untilAway(bob, 'Ann');
        release();
      }
      await bob.next('ack', { ref: 'one' });
      await first.close();

      const clock = new SteppedClock();
      const second = await startServer({ DATA_DIR: directory, PRESENCE_GRACE_MS: 30_000 }, { clock });
      const sender = await second.resume(bob, bob.cursor);
      await clock.pass(30_000, sender);
      await sender.next('user_left', { user: 'Ann' });
      if (what === 'comes back') await sender.expectNone('error');
      else await sender.next('error', { code: 'pm_undelivered', ref: 'one' });
    },
  );

  it('the sender, themselves away when nobody was left to read it, hears of it when they come back', async () => {
    const { first, clock, start } = await lives({ PRESENCE_GRACE_MS: 30_000 });
    const [ann, bob, cid] = await first.users('Ann', 'Bob', 'Cid');
    await ann.close();
    await first.untilAway(bob, 'Ann');
    bob.send({ type: 'pm', to: 'Ann', text: 'waits', ref: 'one' });
    await bob.next('ack', { ref: 'one' });
    await clock.pass(20_000, cid);
    await bob.close();
    await first.untilAway(cid, 'Bob');
    await clock.pass(10_000, cid);
    await cid.next('user_left', { user: 'Ann' });
    await first.close();

    const second = await start();
    const back = await second.resume(bob, bob.cursor);
    await back.next('error', { code: 'pm_undelivered', ref: 'one' });
    await second.close();
    const third = await start();
    const again = await third.resume(bob, bob.cursor);
    await again.expectNone('error');
  });

  it('one who had not got into any room gets into the one that all are in', async () => {
    const { first, start, directory } = await lives();
    const [ann] = await first.users('Ann');
    await first.close();
    tamper(directory, 'DELETE FROM members');
    const second = await start();
    const again = await second.resume(ann, 0);
    await again.next('joined', { room: 'general' });
    const twice = await second.resume(ann, 0);
    await twice.settle();
    expect(twice.frames.map(({ type }) => type)).not.toContain('joined');
  });

  it('a room that its last member had left is deleted, as it was about to be', async () => {
    const { first, start, directory } = await lives();
    const [ann] = await first.users('Ann');
    await ann.join('attic');
    await ann.say('attic', 'long ago');
    await first.close();
    tamper(directory, `DELETE FROM members WHERE room = 'attic'`);
    const second = await start();
    expect((await second.get('/api/room/attic/users')).status).toBe(404);
    const again = await second.resume(ann, 0);
    await again.join('attic');
    expect((await second.get('/api/room/attic/history')).body).toMatchObject([{ type: 'system' }]);
    expect((await second.get('/api/stats')).body).toMatchObject({ rooms_count: 4 });
    const stream = await second.subscribe({ lastEventId: 'unknown' });
    await stream.next('room_deleted', { room: 'attic' });
    await stream.next('room_created', { room: 'attic' });
  });

  it('such a room is deleted once and for all, and told of so', async () => {
    const { first, clock, start, directory } = await lives();
    const [ann] = await first.users('Ann');
    await ann.join('attic');
    await first.close();
    tamper(directory, `DELETE FROM members WHERE room = 'attic'`);
    const deletions = async () => {
      const server = await start();
      const stream = await server.subscribe({ lastEventId: 'unknown' });
      clock.increment(EVENTS_GATHER_MS);
      await stream.next('room_deleted', { room: 'attic' });
      await server.user('Bob');
      clock.increment(EVENTS_GATHER_MS);
      await stream.next('user_connected', { user: 'Bob' });
      await server.close();
      return stream.of('room_deleted');
    };
    const told = await deletions();
    expect(told).toHaveLength(1);
    expect(await deletions()).toEqual(told);
  });

  it('a room of before is told of when it goes', async () => {
    const { first, clock, start } = await lives();
    const [ann] = await first.users('Ann');
    await ann.join('attic');
    await first.close();
    const second = await start();
    const again = await second.resume(ann);
    const stream = await second.subscribe();
    await again.leave('attic');
    const rooms = async () => (await second.get('/api/stats')).body.rooms_count;
    await expect.poll(rooms, { timeout: PATIENCE_MS }).toBe(3);
    clock.increment(EVENTS_GATHER_MS);
    await stream.next('room_deleted', { room: 'attic' });
  });

  it('nobody is in a room that is not there', async () => {
    const { first, start, directory } = await lives();
    const [ann] = await first.users('Ann');
    await ann.join('attic');
    await first.close();
    tamper(directory, `DELETE FROM rooms WHERE name = 'attic'`);
    const second = await start();
    const again = await second.connect({ session: ann.me.session_id, lastMsgId: 0 });
    expect(await again.next('resumed')).toMatchObject({ rooms: ['general'] });
  });

  it('what was acknowledged is not stored twice when it is sent again', async () => {
    const { first, clock, start } = await lives();
    const [ann, bob] = await first.users('Ann', 'Bob');
    ann.send({ type: 'message', room: 'general', text: 'once', ref: 'one' });
    const ack = await ann.next('ack', { ref: 'one' });
    ann.send({ type: 'pm', to: 'Bob', text: 'psst', ref: 'two' });
    const second = await ann.next('ack', { ref: 'two' });
    await bob.next('pm');
    await first.close();

    // To the last second of five minutes.
    clock.increment(REF_REMEMBERED_MS - 1_000);
    const server = await start();
    const again = await server.resume(ann, ann.cursor);
    again.send({ type: 'message', room: 'general', text: 'once', ref: 'one' });
    again.send({ type: 'pm', to: 'Bob', text: 'psst', ref: 'two' });
    expect(await again.next('ack', { ref: 'one' })).toEqual(ack);
    expect(await again.next('ack', { ref: 'two' })).toEqual(second);
    expect((await server.get('/api/room/general/history')).body).toHaveLength(1);
    await clock.pass(REF_REMEMBERED_MS, again);
    again.send({ type: 'message', room: 'general', text: 'once', ref: 'one' });
    expect((await again.next('ack', { ref: 'one' })).id).toBeGreaterThan(ack.id);
  });

  it('of one who logged out, the sends are remembered for the session that follows', async () => {
    const { first, start } = await lives();
    const [ann] = await first.users('Ann');
    ann.send({ type: 'message', room: 'general', text: 'once', ref: 'one' });
    const ack = await ann.next('ack', { ref: 'one' });
    ann.send({ type: 'quit' });
    await ann.closed;
    await first.close();
    const second = await start();
    const again = await second.connect({ name: 'Ann', session: ann.me.session_id });
    expect(await again.next('connected')).toMatchObject({ name: 'Ann' });
    again.send({ type: 'message', room: 'general', text: 'once', ref: 'one' });
    expect(await again.next('ack', { ref: 'one' })).toEqual(ack);
    await second.close();
    const third = await start();
    const onceMore = await third.resume(again);
    onceMore.send({ type: 'message', room: 'general', text: 'once', ref: 'one' });
    expect(await onceMore.next('ack', { ref: 'one' })).toEqual(ack);
  });

  it('of one who came back too late, the sends are remembered for the session that follows, also over a restart', async () => {
    const { first, start } = await lives();
    const [ann] = await first.users('Ann');
    ann.send({ type: 'message', room: 'general', text: 'once', ref: 'one' });
    const ack = await ann.next('ack', { ref: 'one' });
    ann.send({ type: 'quit' });
    await ann.closed;
    const late = await first.connect({ name: 'Ann', session: ann.me.session_id });
    await late.next('connected');
    await late.next('joined');
    await first.close();
    const second = await start();
    const again = await second.resume(late);
    again.send({ type: 'message', room: 'general', text: 'once', ref: 'one' });
    expect(await again.next('ack', { ref: 'one' })).toEqual(ack);
    expect((await second.get('/api/room/general/history')).body).toHaveLength(1);
  });

  it('the event stream goes on, under the same ids', async () => {
    const { first, clock, start } = await lives();
    const stream = await first.subscribe();
    const [ann, bob] = await first.users('Ann', 'Bob');
    await bob.drop();
    await first.untilAway(ann, 'Bob');
    await first.user('Dee');
    await ann.join('attic');
    clock.increment(EVENTS_GATHER_MS);
    await stream.next('room_created', { room: 'attic' });
    await first.close();
    const told = stream.events.filter(({ id }) => id !== undefined);
    expect(told.map(({ type, data }) => [type, data])).toEqual([
      ['user_connected', { user: 'Ann', count: 1 }],
      ['user_connected', { user: 'Bob', count: 2 }],
      ['user_connected', { user: 'Dee', count: 2 }],
      ['room_created', { room: 'attic', created_by: 'Ann' }],
    ]);

    const second = await start();
    const all = await second.subscribe({ lastEventId: 'unknown' });
    expect(all.events.filter(({ id }) => id !== undefined)).toEqual(told);
    const rest = await second.subscribe({ lastEventId: told[2]?.id });
    const cid = await second.user('Cid');
    clock.increment(EVENTS_GATHER_MS);
    const { id } = await rest.next('user_connected', { user: 'Cid', count: 1 });
    expect(rest.events.flatMap((event) => event.id ?? [])).toEqual([told[3]?.id, id]);
    expect(Number(id)).toBeGreaterThan(Number(told[3]?.id));
    await cid.close();
  });

  it('history goes back beyond the last hundred, and ids go on rising', async () => {
    const { first, start } = await lives();
    const [ann] = await first.users('Ann');
    for (let i = 0; i < 230; i++) ann.send({ type: 'message', room: 'general', text: `${i}` });
    await ann.next('message', { text: '229' });
    await first.close();
    const second = await start();
    const again = await second.resume(ann, ann.cursor);
    const texts: string[] = [];
    let before: number | undefined;
    for (;;) {
      const page = await again.ask({ type: 'get_history', room: 'general', before, limit: 100 });
      if (page.type !== 'history' || page.messages.length === 0) break;
      texts.unshift(...page.messages.map(({ text }) => text));
      before = page.messages[0]?.id;
    }
    expect(texts).toEqual(Array.from({ length: 230 }, (_, i) => `${i}`));
    expect((await again.say('general', 'later')).id).toBeGreaterThan(ann.cursor);
  });
});

it('keeps of a room as many entries as it is set to, the oldest of them going first', async () => {
  const server = await startServer({ DATA_DIR: temporaryDirectory(), RETENTION_ENTRIES: 110 });
  const [ann] = await server.users('Ann');
  await Promise.all(Array.from({ length: 130 }, (_, i) => ann.say('general', `${i}`)));
  const page = async (query = '') => (await server.get(`/api/room/general/history?limit=100${query}`)).body;
  const newest = await page();
  const older = await page(`&before=${newest[0].id}`);
  const texts = [...older, ...newest].map(({ text }: { text: string }) => text);
  expect(texts).toEqual(Array.from({ length: 110 }, (_, i) => `${i + 20}`));
});
