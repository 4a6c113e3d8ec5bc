import { describe, expect, it } from 'vitest';
import type { ChatClient } from '../support/client.ts';
import { SteppedClock } from '../support/clock.ts';
import { startServer, type TestServer } from '../support/server.ts';

const hello = { type: 'message', room: 'general', text: 'hello', ref: 'r1' };

describe('an ack', () => {
  it.each([
    ['message', hello, 'message'],
    ['action', { ...hello, text: '/me waves' }, 'action'],
    ['private message', { type: 'pm', to: 'Ann', text: 'psst', ref: 'r1' }, 'pm_sent'],
  ] as const)('of a %s comes after what it acknowledges', async (_, frame, type) => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const frames = await ann.during(() => ann.send(frame));
    const types = frames.map((each) => each.type);
    expect(types).toContain(type);
    expect(types.indexOf('ack')).toBeGreaterThan(types.indexOf(type));
  });
});

describe('ref sent again', () => {
  it('brings the same ack and stores nothing', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    ann.send(hello);
    const ack = await ann.next('ack');
    ann.send(hello);
    expect(await ann.next('ack')).toEqual(ack);
    await ann.next('message');
    await bea.next('message');
    await ann.expectNone('message');
    await bea.expectNone('message');
    expect((await server.get('/api/room/general/history')).body).toHaveLength(1);
  });

  it('does so for a private message', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const pm = { type: 'pm', to: 'Bea', text: 'psst', ref: 'r1' };
    ann.send(pm);
    const ack = await ann.next('ack');
    ann.send(pm);
    expect(await ann.next('ack')).toEqual(ack);
    await bea.next('pm');
    await bea.expectNone('pm');
    await ann.next('pm_sent');
    await ann.expectNone('pm_sent');
  });

  it('does so on another connection of the session, and answers there alone', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const second = await server.resume(ann);
    ann.send(hello);
    const ack = await ann.next('ack');
    await second.next('message');
    second.send(hello);
    expect(await second.next('ack')).toEqual(ack);
    await ann.expectNone('ack');
    await second.expectNone('message');
  });

  it('does so on the connection after a drop', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    ann.send(hello);
    const ack = await ann.next('ack');
    await ann.drop();
    const again = await server.resume(ann);
    again.send(hello);
    expect(await again.next('ack')).toEqual(ack);
    await again.expectNone('message');
  });

  it('while the first is being stored waits for it', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const second = await server.resume(ann);
    for (let i = 0; i < 20; i++) {
      const frame = { ...hello, ref: `r${i}`, text: `${i}` };
      ann.send(frame);
      ann.send(frame);
      second.send(frame);
      const ack = await ann.next('ack');
      expect(await ann.next('ack')).toEqual(ack);
      expect(await second.next('ack')).toEqual(ack);
    }
    expect((await server.get('/api/room/general/history')).body).toHaveLength(20);
  });

  it('after an error is tried anew', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const frame = { ...hello, room: 'attic' };
    ann.send(frame);
    await ann.next('error', { ref: 'r1', code: 'not_in_room' });
    await ann.join('attic');
    ann.send(frame);
    await ann.next('ack', { ref: 'r1', room: 'attic' });
    await ann.next('message', { text: 'hello' });
  });

  it('by another session is another message', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    ann.send(hello);
    const ack = await ann.next('ack');
    bea.send(hello);
    expect((await bea.next('ack')).id).toBeGreaterThan(ack.id);
  });

  it('is remembered for 5 minutes', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann] = await server.users('Ann');
    ann.send(hello);
    const ack = await ann.next('ack');
    await clock.pass(290_000, ann);
    ann.send(hello);
    expect(await ann.next('ack')).toEqual(ack);
    await clock.pass(320_000, ann);
    ann.send(hello);
    expect((await ann.next('ack')).id).toBeGreaterThan(ack.id);
  });
});

describe('refs of a session that ended', () => {
  it('are kept by the new one of whoever comes back within 5 minutes', async () => {
    const server = await startServer();
    const { ann, bea } = await quitAfterHello(server);
    const again = await server.connect({ name: 'Ann', session: ann.me.session_id });
    const me = await again.next('connected');
    expect(me.session_id).not.toBe(ann.me.session_id);
    again.send(hello);
    const ack = await ann.next('ack');
    expect(await again.next('ack')).toEqual(ack);
    await bea.next('message');
    await bea.expectNone('message');
  });

  it('are kept though others end meanwhile', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const { ann, bea } = await quitAfterHello(server);
    const ack = await ann.next('ack');
    const cid = await server.user('Cid');
    for (let i = 0; i < 2; i++) {
      await clock.pass(60_000, bea, cid);
      const passing = await server.user(`Passing${i}`);
      passing.send({ ...hello, ref: `r${i}` });
      passing.send({ type: 'quit' });
      await passing.closed;
    }
    const again = await server.connect({ session: ann.me.session_id });
    await again.next('connected');
    again.send(hello);
    expect(await again.next('ack')).toEqual(ack);
  });

  it('are kept after the grace period too', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea] = await server.users('Ann', 'Bea');
    ann.send(hello);
    const ack = await ann.next('ack');
    await ann.close();
    await server.untilAway(bea, 'Ann');
    await clock.pass(30_000, bea);
    await bea.next('user_left', { user: 'Ann' });
    await clock.pass(120_000, bea);
    const again = await server.connect({ session: ann.me.session_id });
    await again.next('connected');
    again.send(hello);
    expect(await again.next('ack')).toEqual(ack);
  });

  it('are forgotten after that', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const { ann, bea } = await quitAfterHello(server);
    const ack = await ann.next('ack');
    await clock.pass(320_000, bea);
    const again = await server.connect({ session: ann.me.session_id });
    await again.next('connected');
    again.send(hello);
    expect((await again.next('ack')).id).toBeGreaterThan(ack.id);
  });
});

async function quitAfterHello(server: TestServer): Promise<{ ann: ChatClient; bea: ChatClient }> {
  const [ann, bea] = await server.users('Ann', 'Bea');
  ann.send(hello);
  await ann.next('message');
  ann.send({ type: 'quit' });
  await ann.closed;
  await bea.next('user_left', { user: 'Ann' });
  return { ann, bea };
}
