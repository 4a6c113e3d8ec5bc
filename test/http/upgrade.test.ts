import { describe, expect, it } from 'vitest';
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

  it('that is refused carries the security headers', async () => {
    const server = await startServer();
    const answer = await rawRequest(server.url, 'GET /ws/chat', [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Origin: https://evil.example',
    ]);
    expect(answer).toMatchObject({ status: 403, body: '{"error":"Origin is not allowed"}' });
    const { headers } = await rawRequest(server.url, 'GET /api/rooms');
    const names = Object.keys(headers).filter((name) =>
      /^(content-security|cross-origin|x-|referrer)/.test(name),
    );
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect([name, answer.headers[name]]).toEqual([name, headers[name]]);
  });
});
