import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { openFeed } from '../inspect/viewer.ts';
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

it.each(['/ws/chat', '/ws/inspect'])('refuses who asks for %s while it goes away', async (path) => {
  const server = await startServer({ INSPECT: true });
  const ann = await server.user('Ann');
  // Nobody reads the goodbye, so it takes a moment.
  ann.socket.pause();
  const { host, port } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  // What has begun is no idle connection, which would be closed at once.
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\n`);
  for (let i = 0; i < 3; i++) await server.get('/healthz');
  const gone = server.close();
  socket.write(
    'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await closed;
  expect(answer).toContain('HTTP/1.1 503 Service Unavailable\r\n');
  expect(answer).toContain('{"error":"Server is going away"}');
  await gone;
});

it('tells everybody that it goes away, viewers too, and waits for their goodbye', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann, bea] = await server.users('Ann', 'Bea');
  const viewer = await openFeed(server);
  await server.close();
  expect(await viewer.closed).toBe(1001);
  for (const client of [ann, bea]) expect(await client.closed).toMatchObject({ code: 1001 });
});

it('keeps no clock running for connections once all are closed', async () => {
  const clock = new SteppedClock();
  const server = await startServer({}, { clock });
  const [ann] = await server.users('Ann');
  await server.close();
  expect(await ann.closed).toMatchObject({ code: 1001 });
  expect(clock.pending).toBe(0);
});
