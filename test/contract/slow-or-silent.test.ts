import { describe, expect, it } from 'vitest';
import type { ChatClient } from '../support/client.ts';
import { SteppedClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';

describe('reading', () => {
  it('as fast as others may write is never too slow', async () => {
    const server = await startServer({ RATE_BURST: 20 });
    const reader = await server.user('Reader');
    const writers = await server.users(...Array.from({ length: 10 }, (_, i) => `Writer${i}`));
    const text = '😀'.repeat(2_000);
    for (const writer of writers) {
      for (let i = 0; i < 20; i++) writer.send({ type: 'message', room: 'general', text });
    }
    for (let i = 0; i < 200; i++) await reader.next('message');
  });

  it('may lag behind by as much as MAX_QUEUE_BYTES says', async () => {
    const server = await startServer({ MAX_QUEUE_BYTES: 64 * 1024 * 1024 });
    const [writer, reader] = await server.users('Writer', 'Reader');
    reader.socket.pause();
    // Some megabytes more than the usual queue and what the kernel takes for a socket that is not read.
    const text = '😀'.repeat(2_000);
    for (let i = 0; i < 2_000; i++) writer.send({ type: 'message', room: 'general', text });
    await writer.say('general', 'the last');
    reader.socket.resume();
    await reader.next('message', { text: 'the last' });
  });
});

describe('silence', () => {
  it('is broken by a ping of the server every 25 s', async () => {
    const { clock, server } = await stepped();
    const ann = await server.user('Ann');
    await ann.expectNone('ping');
    for (let i = 0; i < 3; i++) {
      await pass(clock, ann, 24);
      await ann.expectNone('ping');
      clock.increment(1_000);
      expect((await ann.next('ping')).ts).toBeCloseTo(clock.now() / 1_000, 0);
    }
  });

  it('is broken by a pong of the server, with its own time for a ping that has none', async () => {
    const { clock, server } = await stepped();
    const ann = await server.user('Ann');
    ann.send({ type: 'ping' });
    expect((await ann.next('pong')).ts).toBe(clock.now() / 1_000);
  });

  it('of 60 s closes with 4002, and the session can be resumed', async () => {
    const { clock, server } = await stepped();
    const ann = await server.connect({ name: 'Ann' }, { autoPong: false });
    await ann.next('joined');
    // What keeps a session alive is what comes from the client, not what goes to it.
    for (let i = 0; i < 59; i++) clock.increment(1_000);
    expect((await server.get('/api/stats')).body).toMatchObject({ connections: 1, users_away: 0 });
    clock.increment(1_000);
    expect((await ann.closed).code).toBe(4002);
    expect((await server.resume(ann)).me.name).toBe('Ann');
  });

  it('is no silence while protocol pongs come', async () => {
    const { clock, server } = await stepped();
    const ann = await server.connect({ name: 'Ann' });
    await ann.next('joined');
    for (let i = 0; i < 8; i++) {
      const pinged = new Promise((resolve) => ann.socket.once('ping', resolve));
      clock.increment(25_000);
      await pinged;
      // The pong was written before this request.
      await server.get('/healthz');
    }
    await ann.say('general', 'still here');
  });

  it('is no silence while the client pings by the protocol, and is told so with its own bytes', async () => {
    const { clock, server } = await stepped();
    const ann = await server.connect({ name: 'Ann' }, { autoPong: false });
    await ann.next('joined');
    let answers = 0;
    ann.socket.on('pong', () => answers++);
    for (let i = 0; i < 8; i++) {
      clock.increment(25_000);
      const answer = new Promise((resolve) => ann.socket.once('pong', (body) => resolve(String(body))));
      ann.socket.ping(`there ${i}?`);
      expect(await answer).toBe(`there ${i}?`);
    }
    await ann.say('general', 'still here');
    expect(answers).toBe(8);
  });

  it('is no silence while frames come, whatever they are', async () => {
    const { clock, server } = await stepped();
    const ann = await server.connect({ name: 'Ann' }, { autoPong: false });
    await ann.next('joined');
    for (let i = 0; i < 8; i++) {
      clock.increment(25_000);
      ann.sendRaw('{');
      await ann.next('error', { code: 'bad_json' });
    }
    await ann.say('general', 'still here');
  });

  it('is looked for in who comes when all had gone, and in nobody when all are gone', async () => {
    const { clock, server } = await stepped();
    for (const name of ['Ann', 'Bea']) {
      const user = await server.user(name);
      await pass(clock, user, 25);
      await user.next('ping');
      user.send({ type: 'quit' });
      await user.closed;
      await expect.poll(async () => (await server.get('/api/stats')).body.connections).toBe(0);
      clock.increment(1_000);
      expect(clock.pending).toBe(0);
    }
  });
});

async function stepped() {
  const clock = new SteppedClock();
  return { clock, server: await startServer({}, { clock }) };
}

/** Lets seconds pass one by one, in each of which the client says something. */
async function pass(clock: SteppedClock, client: ChatClient, seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    clock.increment(1_000);
    await client.settle();
  }
}
