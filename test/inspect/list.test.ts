import { expect, it } from 'vitest';
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
  const viewer = await openFeed(server);
  expect(await viewer.next('@troupe.hello')).toMatchObject({
    isPrivateShown: false,
    version: expect.any(String),
    life: expect.stringMatching(/^\w{8,}$/),
  });
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
