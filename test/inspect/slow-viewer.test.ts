import { expect, it } from 'vitest';
import type { ChatClient } from '../support/client.ts';
import { startServer } from '../support/server.ts';
import { openFeed } from './viewer.ts';

const TEXT = 'x'.repeat(1_900);
/** Several times what the kernel takes for a socket that is not read, and what the feed keeps for it. */
const MESSAGES = 3_500;
const BATCH = 500;

async function storm(client: ChatClient, messages: number): Promise<void> {
  for (let sent = 0; sent < messages; sent += BATCH) {
    const acks = Array.from({ length: BATCH }, (_, i) =>
      client.ask({ type: 'message', room: 'general', text: `${sent + i} ${TEXT}` }),
    );
    for (const ack of await Promise.all(acks)) expect(ack.type).toBe('ack');
  }
}

it('gets less, is told so, and has a right list again once it reads; the chat goes on meanwhile', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann, bob] = await server.users('Ann', 'Bob');
  const viewer = await openFeed(server);
  viewer.subscribe('*');
  await viewer.next('@xstate.actor', ({ name }) => name === 'stats');
  viewer.socket.pause();
  await storm(ann, MESSAGES);
  expect(await bob.unread('message')).toHaveLength(MESSAGES);
  await ann.join('attic');
  await bob.ask({ type: 'set_nick', name: 'Rob' });

  viewer.socket.resume();
  expect((await viewer.next('@troupe.lost')).count).toBeGreaterThan(0);
  await expect
    .poll(() => viewer.list, { timeout: 10_000 })
    .toMatchObject({
      'room:attic': 'occupied',
      'session:Rob': 'online',
    });
  expect(viewer.list).not.toHaveProperty('session:Bob');
  await ann.say('general', 'the end');
  await viewer.next('@xstate.event', ({ event }) => 'text' in event && event.text === 'the end');
  const ids = viewer.frames.flatMap((frame) =>
    frame.type === '@xstate.event' ? [Number(frame.id.split('/')[1])] : [],
  );
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(new Set(ids).size).toBe(ids.length);
});

it('is not waited for by another viewer', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  const [slow, quick] = [await openFeed(server), await openFeed(server)];
  for (const viewer of [slow, quick]) {
    viewer.subscribe('*');
    await viewer.next('@xstate.actor', ({ name }) => name === 'stats');
  }
  slow.socket.pause();
  await storm(ann, 1_500);
  await ann.say('general', 'the end');
  await quick.next('@xstate.event', ({ event }) => 'text' in event && event.text === 'the end');
  slow.socket.resume();
});
