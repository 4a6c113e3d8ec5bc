import { once } from 'node:events';
import { expect, it } from 'vitest';
import { closeCodes } from '../../src/protocol/close-codes.ts';
import { startServer } from '../support/server.ts';
import { openFeed } from './viewer.ts';

it('looks at the actors once for many subscriptions, and goes by the last', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  const viewer = await openFeed(server);
  for (let i = 0; i < 100; i++) viewer.subscribe(i % 2 === 0 ? '*' : 'session:*');
  const { sessionId } = await viewer.next('@xstate.actor', ({ name }) => name === 'session:Ann');
  await ann.say('general', 'hello');
  await viewer.step('message.post');
  const named = viewer.frames.flatMap((frame) => ('sessionId' in frame ? [frame.sessionId] : []));
  expect(new Set(named)).toEqual(new Set([sessionId]));
});

it('closes a viewer that does not stop subscribing', async () => {
  const server = await startServer({ INSPECT: true });
  const viewer = await openFeed(server);
  for (let i = 0; i < 1_000; i++) viewer.subscribe('*');
  expect(await viewer.closed).toBe(closeCodes.flood.code);
});

it('gives up a viewer whose frame is beyond all measure, and nobody else', async () => {
  const server = await startServer({ INSPECT: true });
  const [viewer, other] = [await openFeed(server), await openFeed(server)];
  viewer.socket.send('x'.repeat(256 * 1024));
  expect((await viewer.next('@troupe.error')).message).toContain('subscribe');
  viewer.socket.send('x'.repeat(256 * 1024 + 1));
  // 1009 when there was time to say so.
  expect([1006, 1009]).toContain(await viewer.closed);
  await other.watch('stats');
});

it('has room for twenty viewers, and tells one more that there are too many', async () => {
  const server = await startServer({ INSPECT: true });
  const viewers = await Promise.all(Array.from({ length: 20 }, () => openFeed(server)));
  const refused = await openFeed(server, '');
  expect(await refused.closed).toBe(closeCodes.overloaded.code);
  viewers[0]?.socket.close();
  await viewers[0]?.closed;
  expect((await openFeed(server)).list).toHaveProperty('stats');
});

it('answers each ping of a viewer once', async () => {
  const server = await startServer({ INSPECT: true });
  const viewer = await openFeed(server);
  const answers: string[] = [];
  viewer.socket.on('pong', (body) => answers.push(String(body)));
  for (const body of ['there?', 'still?']) {
    viewer.socket.ping(body);
    await once(viewer.socket, 'pong');
  }
  expect(answers).toEqual(['there?', 'still?']);
});
