import { expect, it } from 'vitest';
import { version } from '../../src/version.ts';
import { startServer } from '../support/server.ts';
import { openFeed } from './viewer.ts';

const STANDING = {
  'room:general': 'occupied',
  'room:help': 'empty',
  'room:random': 'empty',
  stats: 'unwatched',
};

it('begins with a greeting and the list of those who live, and follows it', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  const begun = Date.now();
  const viewer = await openFeed(server);
  const hello = await viewer.next('@troupe.hello');
  expect(hello).toMatchObject({
    isPrivateShown: false,
    version,
    life: expect.stringMatching(/^\w{8,}$/),
  });
  expect(hello.now).toBeGreaterThanOrEqual(begun);
  expect(hello.now).toBeLessThanOrEqual(Date.now());
  await expect.poll(() => viewer.list).toEqual({ ...STANDING, 'session:Ann': 'online' });

  await ann.join('attic');
  await expect.poll(() => viewer.list).toHaveProperty('room:attic', 'occupied');
  await ann.ask({ type: 'set_nick', name: 'Anna' });
  await expect
    .poll(() => viewer.list)
    .toEqual({ ...STANDING, 'session:Anna': 'online', 'room:attic': 'occupied' });
  ann.socket.close();
  await expect.poll(() => viewer.list).toHaveProperty('session:Anna', 'away');
  await server.subscribe();
  await expect.poll(() => viewer.list).toHaveProperty('stats', 'watched.feed.calm, watched.report.waiting');
  expect(viewer.frames.filter(({ type }) => type.startsWith('@xstate.'))).toEqual([]);
});

it('takes those off the list that have ended', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  await ann.join('attic');
  const viewer = await openFeed(server);
  await expect.poll(() => viewer.list).toHaveProperty('room:attic');
  ann.send({ type: 'quit' });
  await expect.poll(() => viewer.list).toEqual({ ...STANDING, 'room:general': 'empty' });
});

it('comes in pieces when it is long', async () => {
  const server = await startServer({ INSPECT: true, MAX_ROOMS_PER_USER: 2_000 });
  const [ann] = await server.users('Ann');
  await Promise.all(Array.from({ length: 1_200 }, (_, i) => ann.join(`room-${i}`)));
  const viewer = await openFeed(server);
  expect(viewer.rows.size).toBe(1_200 + 5);
  const pieces = viewer.frames.filter(({ type }) => type === '@troupe.list');
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.map((piece) => 'isFirst' in piece && piece.isFirst)).toEqual(pieces.map((_, i) => i === 0));
});

it('is for those alone who ask for it, and so are steps', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  const [official, viewer] = [await openFeed(server, ''), await openFeed(server)];
  await official.next('@xstate.actor', ({ name }) => name === 'room:general');
  await ann.join('attic');
  await viewer.next('@troupe.rows', ({ rows }) => rows.some(([, name]) => name === 'room:attic'));
  await ann.say('general', 'hello');
  const { id } = await official.event('entry.committed');
  await official.next('@xstate.snapshot', (frame) => frame.id !== null && frame.id >= id);
  expect(official.frames.filter(({ type }) => !type.startsWith('@xstate.'))).toEqual([]);
});
