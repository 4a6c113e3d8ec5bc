import { expect, it } from 'vitest';
import { startServer } from '../support/server.ts';

it('closes a connection whose requests were held as soon as its client reads', async () => {
  const server = await startServer();
  const [ann, bea] = await server.users('Ann', 'Bea');
  for (let i = 0; i < 100; i++) ann.send({ type: 'message', room: 'general', text: '😀'.repeat(2_000) });
  await ann.settle();
  const tab = await server.resume(bea);
  tab.socket.pause();
  // More than the kernel takes for a socket that is not read: what is asked for after it has to wait.
  for (let i = 0; i < 30; i++) tab.send({ type: 'get_history', room: 'general' });
  await ann.settle();
  tab.send({ type: 'join', room: 'attic' });
  await ann.settle();
  expect((await server.get('/api/rooms')).body).not.toContainEqual(
    expect.objectContaining({ name: 'attic' }),
  );
  bea.send({ type: 'quit' });
  await bea.closed;
  tab.socket.resume();
  expect(await tab.closed).toMatchObject({ code: 4003 });
}, 10_000);
