import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import type { Feed } from '../../src/inspect/feed.ts';
import { ViewerConnection } from '../../src/transport/viewer-connection.ts';
import { PATIENCE_MS } from '../support/patience.mjs';

const WISH = JSON.stringify({ type: 'subscribe', actors: ['*'], kinds: ['event'] });

/** A viewer of a feed that shows nothing, and both ends of its line. */
async function viewer() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const subscribe = vi.fn();
  const feed = { admit: () => ({ subscribe, leave() {} }) } as unknown as Feed;
  const served = new Promise<{ near: WebSocket; connection: ViewerConnection }>((resolve) => {
    server.once('connection', (near, { socket }) => {
      const connection = new ViewerConnection(near, socket as Duplex, feed, false);
      near.once('close', () => connection.leave());
      resolve({ near, connection });
    });
  });
  const far = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => far.terminate());
  await new Promise((resolve) => far.once('open', resolve));
  return { far, subscribe, ...(await served) };
}

it('tells a viewer that is dropped that it reads too slowly', async () => {
  const { far, connection } = await viewer();
  const code = new Promise((resolve) => far.once('close', resolve));
  connection.drop();
  expect(await code).toBe(4001);
});

it('waits for no answer of a viewer that is dropped: it reads nothing', async () => {
  const { far, near, connection } = await viewer();
  far.pause();
  const asked = performance.now();
  const gone = new Promise((resolve) => near.once('close', resolve));
  connection.drop();
  await gone;
  // ws itself would wait for half a minute.
  expect(performance.now() - asked).toBeLessThan(15_000);
});

it('has the feed wait while a viewer does not read, and no longer', async () => {
  const { far, connection } = await viewer();
  far.pause();
  const frame = { json: JSON.stringify('x'.repeat(32 * 1024)), wire: undefined };
  // What the kernel takes for a socket that is not read is some megabytes.
  for (let i = 0; i < 1_000 && !connection.isCongested; i++) {
    connection.write(frame);
    await turn();
  }
  expect(connection.isCongested).toBe(true);
  far.resume();
  await expect.poll(() => connection.isCongested, { timeout: PATIENCE_MS }).toBe(false);
});

it('tells a viewer what it understands twenty times, and then listens no longer', async () => {
  const { far, subscribe } = await viewer();
  const answers: string[] = [];
  const told = new Promise<void>((resolve) => {
    far.on('message', (data) => answers.push(String(data)) === 20 && resolve());
  });
  const code = new Promise((resolve) => far.once('close', resolve));
  for (let i = 0; i < 20; i++) far.send('what?');
  await told;
  expect(new Set(answers).size).toBe(1);
  expect(JSON.parse(answers[0] as string)).toMatchObject({ type: '@troupe.error' });
  far.send('what?');
  far.send(WISH);
  expect(await code).toBe(1008);
  expect(answers).toHaveLength(20);
  expect(subscribe).not.toHaveBeenCalled();
});

it('grants a viewer five hundred wishes at a time', async () => {
  const { far, subscribe } = await viewer();
  const code = new Promise((resolve) => far.once('close', resolve));
  for (let i = 0; i < 501; i++) far.send(WISH);
  expect(await code).toBe(1008);
  expect(subscribe).toHaveBeenCalledTimes(500);
});
