import { describe, expect, it } from 'vitest';
import { SteppedClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';

describe('GET /events', () => {
  it('is an event stream that nothing may buffer', async () => {
    const server = await startServer();
    const stream = await server.subscribe();
    const { statusCode, headers } = await stream.response;
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/event-stream/);
    expect(headers['cache-control']).toContain('no-cache');
    expect(headers['x-accel-buffering']).toBe('no');
    expect(headers['content-encoding']).toBeUndefined();
    // Milliseconds: soon, but not so soon that all who were cut off together come back at once.
    expect(stream.retry).toBeGreaterThanOrEqual(1_000);
    expect(stream.retry).toBeLessThanOrEqual(10_000);
  });

  it('pushes sessions beginning and ending, with the users online after it', async () => {
    const server = await startServer();
    const stream = await server.subscribe();
    const [ann, bea] = await server.users('Ann', 'Bea');
    expect((await stream.next('user_connected')).data).toEqual({ user: 'Ann', count: 1 });
    expect((await stream.next('user_connected')).data).toEqual({ user: 'Bea', count: 2 });
    ann.send({ type: 'quit' });
    await bea.next('user_left');
    expect((await stream.next('user_disconnected')).data).toEqual({ user: 'Ann', count: 1 });
  });

  it('takes neither being away nor a second connection for an end or a beginning', async () => {
    const server = await startServer();
    const stream = await server.subscribe();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await server.resume(ann);
    await bea.close();
    await server.untilAway(ann, 'Bea');
    await server.resume(bea);
    await server.user('Cid');
    await stream.next('user_connected', { user: 'Cid' });
    expect(stream.of('user_connected').map(({ data }) => data.user)).toEqual(['Ann', 'Bea', 'Cid']);
    expect(stream.of('user_disconnected')).toEqual([]);
  });

  it('pushes rooms being created and deleted', async () => {
    const server = await startServer();
    const stream = await server.subscribe();
    const [ann] = await server.users('Ann');
    await ann.join('Чердак');
    expect((await stream.next('room_created')).data).toEqual({ room: 'чердак', created_by: 'Ann' });
    await ann.join('random');
    await ann.leave('чердак');
    expect((await stream.next('room_deleted')).data).toEqual({ room: 'чердак' });
    expect(stream.of('room_created')).toHaveLength(1);
  });

  it('pushes the number of members, and never loses the last one', async () => {
    const server = await startServer();
    const stream = await server.subscribe();
    const clients = await server.users('Ann', 'Bea', 'Cid');
    for (const client of clients) await client.join('random');
    await clients[0].leave('random');
    const last = await stream.next('room_updated', { room: 'random', users: 2 });
    expect(last).not.toHaveProperty('id');
    await stream.next('room_updated', { room: 'general', users: 3 });
  });

  it('pushes at most one room_updated a second for a room', async () => {
    const server = await startServer();
    const stream = await server.subscribe();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.join('random');
    const start = performance.now();
    for (let i = 0; i < 30; i++) {
      await ann.join('random');
      await ann.leave('random');
    }
    await ann.join('random');
    await stream.next('room_updated', { room: 'random', users: 2 });
    const elapsed = performance.now() - start;
    const updates = stream.of('room_updated').filter(({ data }) => data.room === 'random');
    expect(updates.length).toBeLessThanOrEqual(Math.ceil(elapsed / 1_000) + 2);
  });

  it('pushes no number of members from before somebody watched again', async () => {
    const server = await startServer({}, { clock: new SteppedClock() });
    const [ann, bea] = await server.users('Ann', 'Bea');
    const stream = await server.subscribe();
    await ann.join('random');
    await stream.next('room_updated', { room: 'random', users: 1 });
    // Told after a second only, and by then nobody is there to be told.
    await bea.join('random');
    await stream.close();
    await expect.poll(async () => (await server.get('/api/stats')).body.sse_subscribers).toBe(0);
    await ann.leave('random');
    const again = await server.subscribe();
    await ann.join('attic');
    await again.next('room_created', { room: 'attic' });
    expect(again.of('room_updated').filter(({ data }) => data.room === 'random')).toEqual([]);
  });

  it('sends stats at once', async () => {
    const server = await startServer();
    await server.user('Ann');
    const stream = await server.subscribe();
    expect(stream.of('stats')[0]?.data).toMatchObject({ users_online: 1, rooms_count: 3 });
    expect(stream.of('stats')[0]).not.toHaveProperty('id');
  });

  it('is kept open by a comment every 15 s, also for who comes when all had gone', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    for (let i = 0; i < 2; i++) {
      const stream = await server.subscribe();
      for (let count = 1; count <= 2; count++) {
        clock.increment(15_000);
        await expect.poll(() => stream.comments.length, { interval: 5 }).toBe(count);
      }
      await stream.close();
      await expect.poll(async () => (await server.get('/api/stats')).body.sse_subscribers).toBe(0);
      clock.increment(15_000);
    }
  });

  it('sends stats every 10 s', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const stream = await server.subscribe();
    for (let i = 0; i < 3; i++) {
      // In small steps, for the case that events are gathered by the same clock.
      for (let step = 0; step < 40; step++) clock.increment(250);
      await stream.next('stats');
    }
    expect(stream.of('stats')).toHaveLength(4);
  });

  it('pushes an event as it happens, and gathers for 250 ms what comes right behind it', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const stream = await server.subscribe();
    const ann = await server.user('Ann');
    await stream.next('user_connected', { user: 'Ann' });
    for (const room of ['aa', 'bb']) await ann.join(room);
    clock.increment(249);
    await ann.settle();
    expect(stream.of('room_created')).toEqual([]);
    clock.increment(1);
    await stream.next('room_created', { room: 'aa' });
    await stream.next('room_created', { room: 'bb' });
    await ann.join('cc');
    clock.increment(249);
    await ann.settle();
    expect(stream.of('room_created')).toHaveLength(2);
    clock.increment(1);
    await stream.next('room_created', { room: 'cc' });
    // After an interval in which nothing came, the next leaves as it happens again.
    clock.increment(250);
    await ann.join('dd');
    await stream.next('room_created', { room: 'dd' });
  });

  it('pushes at once who goes, and that a room is gone, whatever else is due', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const ann = await server.user('Ann');
    const stream = await server.subscribe();
    await ann.join('attic');
    const bea = await server.user('Bea');
    // By now the sizes of both rooms have been told, and are due again only a second later.
    for (let i = 0; i < 2; i++) clock.increment(250);
    await ann.leave('attic');
    await stream.next('room_deleted', { room: 'attic' });
    clock.increment(250);
    bea.send({ type: 'quit' });
    await stream.next('user_disconnected', { user: 'Bea' });
    expect(stream.of('room_updated').map(({ data }) => data)).toEqual([
      { room: 'attic', users: 1 },
      { room: 'general', users: 2 },
    ]);
  });

  it('pushes at once who comes, whatever else is due', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const stream = await server.subscribe();
    await server.user('Ann');
    for (let i = 0; i < 2; i++) clock.increment(250);
    await server.user('Bea');
    await stream.next('user_connected', { user: 'Bea' });
    expect(stream.of('room_updated').map(({ data }) => data)).toEqual([{ room: 'general', users: 1 }]);
  });

  it('pushes the size of a room at once, and the next no sooner than a second later', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea] = await server.users('Ann', 'Bea');
    const stream = await server.subscribe();
    await ann.join('random');
    await stream.next('room_updated', { room: 'random', users: 1 });
    await bea.join('random');
    await ann.leave('random');
    await ann.join('random');
    for (let ms = 0; ms < 999; ms += 333) clock.increment(333);
    await ann.settle();
    expect(sizesOf('random')).toEqual([1]);
    clock.increment(1);
    // What was due is gathered like any other event.
    clock.increment(250);
    await stream.next('room_updated', { room: 'random', users: 2 });
    expect(sizesOf('random')).toEqual([1, 2]);

    function sizesOf(room: string) {
      return stream.of('room_updated').flatMap(({ data }) => (data.room === room ? [data.users] : []));
    }
  });

  it('pushes no size of a room that is gone', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const stream = await server.subscribe();
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    await ann.leave('attic');
    clock.increment(250);
    await stream.next('room_deleted', { room: 'attic' });
    const before = stream.of('room_updated').filter(({ data }) => data.room === 'attic');
    for (let i = 0; i < 8; i++) clock.increment(250);
    await ann.join('cellar');
    clock.increment(250);
    await stream.next('room_created', { room: 'cellar' });
    expect(stream.of('room_updated').filter(({ data }) => data.room === 'attic')).toEqual(before);
  });

  it('pushes no size that is out of date to who subscribes after all had gone', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea] = await server.users('Ann', 'Bea');
    const first = await server.subscribe();
    await ann.join('random');
    await first.next('room_updated', { room: 'random', users: 1 });
    await bea.join('random');
    await first.close();
    await expect.poll(async () => (await server.get('/api/stats')).body.sse_subscribers).toBe(0);
    await bea.leave('random');
    const stream = await server.subscribe();
    for (let i = 0; i < 8; i++) clock.increment(250);
    await ann.join('attic');
    await stream.next('room_created', { room: 'attic' });
    expect(stream.of('room_updated').filter(({ data }) => data.room === 'random')).toEqual([]);
  });

  it('serves any number of subscribers the same', async () => {
    const server = await startServer();
    const streams = await Promise.all(Array.from({ length: 20 }, () => server.subscribe()));
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    for (const stream of streams) await stream.next('room_created', { room: 'attic' });
    const [first, ...others] = streams.map((stream) => stream.events.filter(({ id }) => id !== undefined));
    for (const other of others) expect(other).toEqual(first);
    expect((await server.get('/api/stats')).body.sse_subscribers).toBe(20);
  });

  it('forgets a subscriber who goes', async () => {
    const server = await startServer();
    const stream = await server.subscribe();
    await stream.close();
    await expect.poll(async () => (await server.get('/api/stats')).body.sse_subscribers).toBe(0);
    expect((await server.user('Ann')).me.name).toBe('Ann');
  });
});

describe('Last-Event-ID', () => {
  it('is carried by every event but stats and room_updated, each another', async () => {
    const { stream } = await withEvents(['aa', 'bb', 'cc']);
    const kept = stream.events.filter(({ type }) => type !== 'stats' && type !== 'room_updated');
    expect(kept.every(({ id }) => id !== undefined && id !== '')).toBe(true);
    expect(new Set(kept.map(({ id }) => id)).size).toBe(kept.length);
    const ids = kept.map(({ id }) => Number(id));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  it('may have spaces around it', async () => {
    const { server, stream, ann } = await withEvents(['aa', 'bb']);
    const id = stream.of('room_created')[0]?.id ?? '';
    const again = await server.subscribe({ lastEventId: ` ${id} ` });
    await ann.join('cc');
    await again.next('room_created', { room: 'cc' });
    expect(again.of('room_created').map(({ data }) => data.room)).toEqual(['bb', 'cc']);
    expect(again.of('user_connected')).toEqual([]);
  });

  it.each(['header', 'query'])('brings what was missed (%s)', async (way) => {
    const { server, stream, ann } = await withEvents(['aa', 'bb', 'cc']);
    const [, seen] = stream.of('room_created');
    const id = seen?.id ?? '';
    await ann.join('dd');
    await stream.next('room_created', { room: 'dd' });
    const again =
      way === 'header'
        ? await server.subscribe({}, { 'Last-Event-ID': id })
        : await server.subscribe({ lastEventId: id });
    await again.next('room_created', { room: 'dd' });
    expect(again.of('room_created').map(({ data }) => data.room)).toEqual(['cc', 'dd']);
    expect(again.of('room_created')).toEqual(stream.of('room_created').slice(-2));
    await ann.join('ee');
    await again.next('room_created', { room: 'ee' });
  });

  it('in the header goes before the query, which is as old as the page', async () => {
    const { server, stream, ann } = await withEvents(['aa', 'bb', 'cc']);
    const [old, recent] = stream.of('room_created');
    const again = await server.subscribe({ lastEventId: old?.id }, { 'Last-Event-ID': recent?.id ?? '' });
    await ann.join('dd');
    await again.next('room_created', { room: 'dd' });
    expect(again.of('room_created').map(({ data }) => data.room)).toEqual(['cc', 'dd']);
  });

  it('in an empty header counts for nothing, and that of the query is taken', async () => {
    const { server, stream, ann } = await withEvents(['aa', 'bb']);
    const id = stream.of('room_created')[0]?.id;
    const again = await server.subscribe({ lastEventId: id }, { 'Last-Event-ID': '' });
    await ann.join('cc');
    await again.next('room_created', { room: 'cc' });
    expect(again.of('room_created').map(({ data }) => data.room)).toEqual(['bb', 'cc']);
  });

  it('of the newest event brings nothing again', async () => {
    const { server, stream, ann } = await withEvents(['aa', 'bb']);
    const id = stream.events.findLast((event) => event.id !== undefined)?.id ?? '';
    const again = await server.subscribe({}, { 'Last-Event-ID': id });
    await ann.join('cc');
    await again.next('room_created', { room: 'cc' });
    expect(again.of('room_created').map(({ data }) => data.room)).toEqual(['cc']);
  });

  it.each(['garbage', '0', '-1', '999999999999', '1e3', '__proto__', 'x'.repeat(1_000)])(
    'that is unknown brings everything kept (%#)',
    async (id) => {
      const { server } = await withEvents(['aa', 'bb']);
      const again = await server.subscribe({}, { 'Last-Event-ID': id });
      await again.next('user_connected', { user: 'Ann' });
      await again.next('room_created', { room: 'aa' });
      await again.next('room_created', { room: 'bb' });
    },
  );

  it('of an earlier life of the server brings everything kept', async () => {
    const { server: first, stream } = await withEvents(['aa', 'bb', 'cc', 'dd']);
    const id = stream.of('user_connected')[0]?.id ?? '';
    await first.close();
    const { server } = await withEvents(['xx', 'yy']);
    const again = await server.subscribe({}, { 'Last-Event-ID': id });
    await again.next('user_connected', { user: 'Ann' });
    await again.next('room_created', { room: 'xx' });
    await again.next('room_created', { room: 'yy' });
  });

  it('that was dropped already brings the last 50', async () => {
    const { server, stream } = await withEvents(Array.from({ length: 60 }, (_, i) => `room${i}`));
    const id = stream.of('room_created')[0]?.id ?? '';
    const again = await server.subscribe({}, { 'Last-Event-ID': id });
    await again.next('room_created', { room: 'room59' });
    expect(again.of('room_created').map(({ data }) => data.room)).toEqual(
      Array.from({ length: 50 }, (_, i) => `room${i + 10}`),
    );
  });

  it('is not needed: without it there is no past', async () => {
    const { server, ann } = await withEvents(['aa']);
    const stream = await server.subscribe();
    await ann.join('bb');
    await stream.next('room_created', { room: 'bb' });
    expect(stream.of('room_created')).toHaveLength(1);
  });
});

/** A server on which Ann has created these rooms, and who saw it. */
async function withEvents(rooms: string[]) {
  const server = await startServer();
  const stream = await server.subscribe();
  const [ann] = await server.users('Ann');
  for (const room of rooms) await ann.join(room);
  await stream.next('room_created', { room: rooms.at(-1) });
  return { server, stream, ann };
}
