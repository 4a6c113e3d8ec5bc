import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import type { Feed } from '../../src/inspect/feed.ts';
import { ViewerConnection } from '../../src/transport/viewer-connection.ts';

/** A viewer of a feed that shows nothing, and both ends of its line. */
async function viewer() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const feed = { admit: () => ({ subscribe() {}, leave() {} }) } as unknown as Feed;
  const served = new Promise<{ near: WebSocket; connection: ViewerConnection }>((resolve) => {
    server.once('connection', (near, { socket }) => {
      const connection = new ViewerConnection(near, socket as Duplex, feed, false);
      near.once('close', () => connection.leave());
      resolve({ near, connection });
    });
  });
  const far = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => far.terminate());
  return { far, ...(await served) };
}

it('tells a viewer that is dropped that it reads too slowly', async () => {
  const { far, connection } = await viewer();
  const code = new Promise((resolve) => far.once('close', resolve));
  connection.drop();
  expect(await code).toBe(4001);
});

it('waits for no answer of a viewer that is dropped: it reads nothing', async () => {
  const { far, near, connection } = await viewer();
  if (far.readyState !== far.OPEN) await new Promise((resolve) => far.once('open', resolve));
  far.pause();
  const asked = performance.now();
  const gone = new Promise((resolve) => near.once('close', resolve));
  connection.drop();
  await gone;
  // ws itself would wait for half a minute.
  expect(performance.now() - asked).toBeLessThan(15_000);
});
