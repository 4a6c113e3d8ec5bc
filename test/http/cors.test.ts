import { describe, expect, it } from 'vitest';
import { startServer } from '../support/server.ts';
import { rawRequest } from './raw.ts';

const FRIEND = 'https://friend.example';
const asking = (origin: string, method = 'GET') => [
  `Origin: ${origin}`,
  `Access-Control-Request-Method: ${method}`,
];

describe('pages of other sites', () => {
  it.each(['GET /api/rooms', 'GET /api/stats', 'GET /api/room/nowhere/users', 'HEAD /events'])(
    'may read %s from an allowed origin',
    async (requestLine) => {
      const server = await startServer({ ALLOWED_ORIGINS: [FRIEND] });
      const { headers } = await rawRequest(server.url, requestLine, [`Origin: ${FRIEND}`]);
      expect(headers).toMatchObject({
        'access-control-allow-origin': FRIEND,
        'cross-origin-resource-policy': 'cross-origin',
      });
      expect(headers.vary).toContain('Origin');
    },
  );

  it('may subscribe to the events from an allowed origin', async () => {
    const server = await startServer({ ALLOWED_ORIGINS: [FRIEND] });
    const stream = await server.subscribe({}, { origin: FRIEND });
    expect((await stream.response).headers['access-control-allow-origin']).toBe(FRIEND);
  });

  it('may ask first, and are told so with 204', async () => {
    const server = await startServer({ ALLOWED_ORIGINS: [FRIEND] });
    const { status, headers, body } = await rawRequest(server.url, 'OPTIONS /events', asking(FRIEND));
    expect([status, body]).toEqual([204, '']);
    expect(headers).toMatchObject({
      'access-control-allow-origin': FRIEND,
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': expect.stringContaining('Last-Event-ID'),
    });
    // Which those send who read the event stream without an EventSource.
    expect(headers['access-control-allow-headers']).toContain('Cache-Control');
    // Seconds for which they need not ask again; without it, browsers ask every few seconds.
    expect(Number(headers['access-control-max-age'])).toBeGreaterThanOrEqual(60);
  });

  it('may come from anywhere when * is allowed', async () => {
    const server = await startServer({ ALLOWED_ORIGINS: ['*'] });
    const { headers } = await rawRequest(server.url, 'GET /api/rooms', ['Origin: https://any.example']);
    expect(['*', 'https://any.example']).toContain(headers['access-control-allow-origin']);
  });

  it.each([[[]], [[FRIEND]]])('are told nothing when they are not among %j', async (allowed) => {
    const server = await startServer({ ALLOWED_ORIGINS: allowed });
    for (const origin of ['https://foe.example', `${FRIEND}.foe.example`, 'null']) {
      const read = await rawRequest(server.url, 'GET /api/rooms', [`Origin: ${origin}`]);
      expect(read.headers).not.toHaveProperty('access-control-allow-origin');
      expect(read.headers['cross-origin-resource-policy']).toBe('same-origin');
      // Or a cache would give one site what another was answered.
      if (allowed.length > 0) expect(read.headers.vary).toContain('Origin');
      const preflight = await rawRequest(server.url, 'OPTIONS /api/rooms', asking(origin));
      expect(preflight.status).toBe(405);
      expect(preflight.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('are answered like anybody when they do not say where they are from', async () => {
    const server = await startServer({ ALLOWED_ORIGINS: ['*'] });
    const { status, headers } = await rawRequest(server.url, 'GET /api/rooms');
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('ask first by an OPTIONS that names what is to follow, and by nothing else', async () => {
    const server = await startServer({ ALLOWED_ORIGINS: [FRIEND] });
    const bare = await rawRequest(server.url, 'OPTIONS /api/rooms', [`Origin: ${FRIEND}`]);
    expect([bare.status, bare.headers.allow]).toEqual([405, 'GET, HEAD']);
    const real = await rawRequest(server.url, 'GET /api/rooms', asking(FRIEND));
    expect(real.status).toBe(200);
    expect(real.body).toContain('"name":"general"');
  });
});
