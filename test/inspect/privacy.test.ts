import { expect, it } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';
import { type FeedViewer, openFeed } from './viewer.ts';

/** Two people write to each other in every way there is, come back, and go. */
async function converse(server: TestServer, viewer: FeedViewer): Promise<{ secrets: string[] }> {
  const [ann, bob] = await server.users('Ann', 'Bob');
  ann.send({ type: 'pm', to: 'Bob', text: 'whisper-one' });
  await bob.next('pm');
  ann.send({ type: 'message', room: 'general', text: '/pm Bob whisper-two' });
  await bob.next('pm', { text: 'whisper-two' });
  ann.send({ type: 'message', room: 'general', text: '/PM  Bob whisper-three' });
  await bob.next('pm', { text: 'whisper-three' });
  await ann.ask({ type: 'message', room: 'general', text: '/pmm Bob whisper-four' });
  await ann.ask({ type: 'message', room: 'general', text: '/whisper-five' });
  await ann.ask({ type: 'pm', to: 'Nobody', text: 'whisper-six' });
  const again = await server.resume(ann);
  await again.say('general', 'aloud');
  again.send({ type: 'message', room: 'general', text: '/me shouts' });
  await bob.next('action');
  bob.socket.close();
  await server.untilAway(again, 'Bob');
  await again.ask({ type: 'pm', to: 'Bob', text: 'whisper-seven' });
  again.send({ type: 'quit' });
  await viewer.event('session.quit');
  await viewer.next('@xstate.snapshot', ({ snapshot }) => snapshot.status === 'done');
  return { secrets: [ann.me.session_id, bob.me.session_id, again.me.session_id] };
}

it.each([
  ['?list', true],
  ['', false],
])('shows no secret and no private word to a viewer of %j', async (query, subscribes) => {
  const server = await startServer({ INSPECT: true, PRESENCE_GRACE_MS: 60_000 });
  const viewer = await openFeed(server, query);
  if (subscribes) viewer.subscribe('*');
  await viewer.next('@xstate.actor', ({ name }) => name === 'stats');
  const { secrets } = await converse(server, viewer);
  const all = JSON.stringify(viewer.frames);
  expect(all).toContain('aloud');
  expect(all).toContain('/me shouts');
  expect(all).toContain('private.arrived');
  expect(all).not.toContain('whisper');
  for (const secret of secrets) expect(all).not.toContain(secret);
  expect(all).not.toMatch(/digest"/);
});

it('shows private words where the operator has said so, and still no secret', async () => {
  const server = await startServer({ INSPECT: true, INSPECT_PRIVATE: true, PRESENCE_GRACE_MS: 60_000 });
  const viewer = await openFeed(server);
  expect(viewer.frames[0]).toMatchObject({ type: '@troupe.hello', isPrivateShown: true });
  viewer.subscribe('*');
  await viewer.next('@xstate.actor', ({ name }) => name === 'stats');
  const { secrets } = await converse(server, viewer);
  const all = JSON.stringify(viewer.frames);
  for (const word of ['one', 'two', 'three', 'four', 'five', 'six', 'seven'])
    expect(all).toContain(`whisper-${word}`);
  for (const secret of secrets) expect(all).not.toContain(secret);
});
