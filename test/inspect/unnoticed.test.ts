import { expect, it } from 'vitest';
import type { ServerFrame } from '../../src/protocol/server-frames.ts';
import { SteppedClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';
import { type FeedViewer, openFeed } from './viewer.ts';

/** A conversation by the server's clock; everything that Bob received, with what differs by chance left out. */
async function conversation(isWatched: boolean): Promise<{ frames: unknown[]; stats: object }> {
  const server = await startServer(
    { INSPECT: true, PRESENCE_GRACE_MS: 1_000 },
    { clock: new SteppedClock() },
  );
  let viewer: FeedViewer | undefined;
  if (isWatched) {
    viewer = await openFeed(server);
    viewer.subscribe('*');
    await viewer.next('@xstate.actor', ({ name }) => name === 'stats');
  }
  const [ann, bob] = await server.users('Ann', 'Bob');
  await ann.join('attic');
  await bob.join('attic');
  await ann.say('attic', 'hello');
  ann.send({ type: 'typing', room: 'attic', typing: true });
  await bob.next('typing');
  await ann.leave('attic');
  await bob.next('user_left');
  await bob.ask({ type: 'message', room: 'attic', text: '/help' });
  const { body } = await server.get('/api/stats');
  return {
    frames: bob.frames.filter(({ type }) => type !== 'pong').map(withoutChance),
    stats: { ...body, memory_bytes: 0 },
  };
}

function withoutChance(frame: ServerFrame): unknown {
  return JSON.parse(JSON.stringify(frame), (key, value) =>
    /^(id|user_id|session_id|ref)$/.test(key) ? 0 : value,
  );
}

it('the chat is the same whether somebody watches or not', async () => {
  expect(await conversation(true)).toEqual(await conversation(false));
});
