import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Config, defaultConfig } from '../../src/config.ts';
import { createServer } from '../../src/server.ts';
import { startServer } from '../support/server.ts';

const handshake = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
];
const refused = ['GET /ws/chat HTTP/1.1', 'Host: x', ...handshake, 'Origin: https://evil.example', '\r\n'];
const refusedViewer = ['GET /ws/inspect HTTP/1.1', 'Host: x', ...handshake, '\r\n'];
const welcome = ['GET /ws/chat HTTP/1.1', 'Host: x', ...handshake, '\r\n'];
const passedOver = ['GET /api/rooms HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: h2c', '\r\n'];
const passedOverStream = ['GET /events HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: h2c', '\r\n'];

/** As a client has to send it: masked. */
const EMPTY_PING = Buffer.from([0x89, 0x80, 0, 0, 0, 0]);

/** With all its reserved bits, and not masked: no client may send such a frame. */
const NO_FRAME = Buffer.from([0xf1, 0x00]);

async function started(changes: Partial<Config> = {}) {
  const server = createServer(defaultConfig({ PORT: 0, LOG_LEVEL: 'silent', ...changes }));
  const { url } = await server.listen();
  onTestFinished(() => server.close());
  return { server, port: Number(new URL(url).port) };
}

/** A peer that never closes its side, and is told nothing about how the connection ended. */
function peer(port: number): { socket: Socket; answer: Promise<string>; cut: Promise<void> } {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  const answer = new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(String(bytes))));
  // Half a close cannot be told from a whole one without writing something.
  const knock = setInterval(() => socket.writable && socket.write(EMPTY_PING), 100);
  const cut = new Promise<void>((resolve) => {
    socket.on('error', () => {});
    socket.once('close', () => {
      clearInterval(knock);
      resolve();
    });
  });
  return { socket, answer, cut };
}

describe('a peer that keeps its side open', () => {
  it.each([
    ['after a refused upgrade', refused, 'HTTP/1.1 403'],
    ['after an offer that was passed over', passedOver, 'HTTP/1.1 200'],
  ])('is cut off %s, having been answered', async (_, request, status) => {
    const { port } = await started();
    const { socket, answer, cut } = peer(port);
    socket.write(request.join('\r\n'));
    expect(await answer).toContain(status);
    expect(await answer).toMatch(/^connection: close\r$/im);
    await cut;
  });

  it('is cut off after it has been refused for want of room', async () => {
    const { port } = await started({ MAX_CONNECTIONS: 1 });
    const first = peer(port);
    first.socket.write(welcome.join('\r\n'));
    await first.answer;
    const second = peer(port);
    second.socket.write(welcome.join('\r\n'));
    expect(await second.answer).toContain('101 Switching Protocols');
    await second.cut;
  });

  it('harms nobody by talking nonsense after it has been refused for want of room', async () => {
    const { port } = await started({ MAX_CONNECTIONS: 1 });
    const first = peer(port);
    first.socket.write(welcome.join('\r\n'));
    await first.answer;
    const second = peer(port);
    // In one piece with the request, so that it is read before the connection is closed.
    second.socket.write(Buffer.concat([Buffer.from(welcome.join('\r\n')), NO_FRAME]));
    expect(await second.answer).toContain('101 Switching Protocols');
    await second.cut;
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  it.each([
    ['a refused upgrade', refused],
    ['a refused upgrade of a viewer', refusedViewer],
    ['an offer that was passed over', passedOver],
    ['an offer that was passed over for a stream', passedOverStream],
  ])('harms nobody by tearing its connection off after %s', async (_, request) => {
    const { port } = await started();
    const { socket, answer } = peer(port);
    socket.write(request.join('\r\n'));
    await answer;
    socket.resetAndDestroy();
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  it.each([
    ['a refused upgrade', refused, {}],
    ['an offer that was passed over', passedOver, {}],
    ['an offer that was passed over for a stream', passedOverStream, {}],
    ['having been refused for want of room', welcome, { MAX_CONNECTIONS: 1 }],
  ])('does not hold up the end after %s', async (_, request, changes) => {
    const { server, port } = await started(changes);
    const first = peer(port);
    first.socket.write(welcome.join('\r\n'));
    await first.answer;
    const { socket, answer } = peer(port);
    socket.write(request.join('\r\n'));
    await answer;
    // One that were waited for would be so for longer than the test has.
    await server.close();
  });
});

it('takes a subscriber that was passed over and closes its side for gone', async () => {
  const server = await startServer();
  const { socket, answer } = peer(Number(new URL(server.url).port));
  const subscribers = async () => (await server.get('/api/stats')).body.sse_subscribers;
  socket.write(passedOverStream.join('\r\n'));
  await answer;
  expect(await subscribers()).toBe(1);
  socket.end();
  await expect.poll(subscribers).toBe(0);
});
