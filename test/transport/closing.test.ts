import { expect, it } from 'vitest';
import { SteppedClock } from '../support/clock.ts';
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

it('keeps no clock running for connections once all are closed', async () => {
  const clock = new SteppedClock();
  const server = await startServer({}, { clock });
  const [ann] = await server.users('Ann');
  await server.close();
  expect(await ann.closed).toMatchObject({ code: 1001 });
  expect(clock.pending).toBe(0);
});
