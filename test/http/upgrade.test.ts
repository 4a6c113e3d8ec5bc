import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answerPassingOverUpgrade } from '../../src/http/passed-over-upgrade.ts';
import { startServer } from '../support/server.ts';
import { rawRequest } from './raw.ts';

describe('an offer to upgrade', () => {
  it.each(['h2c', 'TLS/1.0', 'irc'])('to %s is passed over', async (protocol) => {
    const server = await startServer();
    const offer = [
      'Connection: Upgrade, HTTP2-Settings',
      `Upgrade: ${protocol}`,
      'HTTP2-Settings: AAMAAABkAAQ',
    ];
    const answer = await rawRequest(server.url, 'GET /api/rooms', offer);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('"name":"general"');
  });

  it('that is passed over leaves nobody waiting for who does not read the answer', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const cutOff = new Promise<void>((resolve) => {
      server.on('upgrade', (request, socket: Socket) => {
        socket.once('close', () => resolve());
        // More than the kernel takes for a socket that is not read.
        const answer = Buffer.alloc(64 * 1024 * 1024);
        answerPassingOverUpgrade((_, response) => response.end(answer), request, socket, 50);
      });
    });
    const reader = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
    onTestFinished(() => void reader.destroy());
    reader.on('error', () => {});
    reader.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    await cutOff;
  });

  it('to a websocket is taken in any case', async () => {
    const server = await startServer();
    for (const protocol of ['websocket', 'WebSocket']) {
      const answer = await rawRequest(server.url, 'GET /ws/chat', [
        'Connection: upgrade',
        `Upgrade: ${protocol}`,
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Origin: https://evil.example',
      ]);
      // Refused as an upgrade, not told to ask for one.
      expect(answer.status).toBe(403);
    }
  });

  it.each(['/ws/nowhere', '/ws/chat/', '/'])('on %s finds nothing', async (path) => {
    const server = await startServer();
    const answer = await rawRequest(server.url, `GET ${path}`, [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ]);
    expect(answer).toMatchObject({ status: 404, body: '{"error":"Not found"}' });
  });

  it.each(['/ws/chat', '/ws/inspect'])('on %s that is refused carries the security headers', async (path) => {
    const server = await startServer({ INSPECT: true });
    const answer = await rawRequest(server.url, `GET ${path}`, [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Origin: https://evil.example',
    ]);
    expect(answer).toMatchObject({
      status: 403,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': '33',
        connection: 'close',
      },
      body: '{"error":"Origin is not allowed"}',
    });
    const { headers } = await rawRequest(server.url, 'GET /api/rooms');
    const names = Object.keys(headers).filter((name) =>
      /^(content-security|cross-origin|x-|referrer)/.test(name),
    );
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect([name, answer.headers[name]]).toEqual([name, headers[name]]);
  });
});
