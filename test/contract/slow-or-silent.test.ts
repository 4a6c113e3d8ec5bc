import { describe, expect, it } from 'vitest';
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
});

describe('silence', () => {
  it('is broken by a ping of the server every 25 s', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const ann = await server.user('Ann');
    await ann.expectNone('ping');
    for (let i = 0; i < 3; i++) {
      clock.increment(25_000);
      expect((await ann.next('ping')).ts).toBeCloseTo(clock.now() / 1_000, 0);
      await ann.settle();
    }
  });

  it('of 60 s closes with 4002, and the session can be resumed', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const ann = await server.connect({ name: 'Ann' }, { autoPong: false });
    await ann.next('joined');
    // What keeps a session alive is what comes from the client, not what goes to it.
    for (let i = 0; i < 14; i++) clock.increment(5_000);
    expect((await ann.closed).code).toBe(4002);
    expect((await server.resume(ann)).me.name).toBe('Ann');
  });

  it('is no silence while protocol pongs come', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
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
});
