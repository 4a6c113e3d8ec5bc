import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../support/server.ts';
import { rawRequest } from './raw.ts';

const API = ['/api/rooms', '/api/room/general/history', '/api/room/general/users', '/api/stats'];
const ENDED = [...API, '/healthz', '/readyz', '/asyncapi.json', '/openapi.json', '/'];

/** A name for the title, and the request target itself. */
const ODD_TARGETS = [
  ...[
    '//',
    '///etc/passwd',
    '/%',
    '/%00',
    '/%zz',
    '/..',
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/..%5c..%5cpackage.json',
    '/elements/../../package.json',
    '/.git/config',
    '/__proto__',
    '/api/room/%E0%A4%A/history',
    '/api/room/%/users',
    '/api/room/../../package.json/users',
    'http://127.0.0.1/../package.json',
    'http://elsewhere.example/api/rooms',
    '*',
  ].map((target) => [target, target]),
  ['a long path', `/${'a'.repeat(8_000)}`],
  ['a very long path', `/${'a'.repeat(100_000)}`],
  ['a long room name', `/api/room/${'%41'.repeat(3_000)}/users`],
  ['a long query', `/api/rooms?limit=x${'&a=b'.repeat(3_000)}`],
];

describe('methods', () => {
  it.each(ENDED)('answers HEAD %s like GET, without the body', async (path) => {
    const server = await startServer();
    const get = await rawRequest(server.url, `GET ${path}`);
    const head = await rawRequest(server.url, `HEAD ${path}`);
    expect([get.status, head.status]).toEqual([200, 200]);
    expect(head.body).toBe('');
    // What is said in rooms is no business of a cache.
    if (path !== '/') expect(get.headers['cache-control']).toBe('no-store');
    for (const name of ['content-type', 'etag', 'cache-control', 'content-security-policy']) {
      expect(head.headers[name]).toBe(get.headers[name]);
    }
    // The numbers of /api/stats change from one request to the next.
    if (path !== '/api/stats') expect(head.headers['content-length']).toBe(get.headers['content-length']);
    expect(Number(head.headers['content-length'])).toBeGreaterThan(0);
  });

  it('answers HEAD /events with the headers of the stream, and ends', async () => {
    const server = await startServer();
    const { status, headers, body } = await rawRequest(server.url, 'HEAD /events');
    expect([status, body]).toEqual([200, '']);
    expect(headers).toMatchObject({
      'content-type': expect.stringMatching(/^text\/event-stream/),
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    });
  });

  it('gives the same headers to GET /events, uncompressed, with the security headers', async () => {
    const server = await startServer();
    const stream = await server.subscribe({}, { 'accept-encoding': 'gzip, br' });
    const { statusCode, headers } = await stream.response;
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': expect.stringMatching(/^text\/event-stream/),
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(headers).not.toHaveProperty('content-encoding');
  });

  it.each([...ENDED, '/events', '/ws/chat', '/index.html'])(
    'answers 405 with Allow to other methods on %s',
    async (path) => {
      const server = await startServer();
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
        const { status, headers, body } = await rawRequest(server.url, `${method} ${path}`);
        expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD']);
        expect(JSON.parse(body)).toEqual({ error: expect.any(String) });
      }
    },
  );
});

describe('paths', () => {
  it.each([
    '/nowhere',
    '/api',
    '/api/',
    '/api/room',
    '/api/room/general',
    '/api/rooms/more',
    '/ws',
    '/eventsx',
  ])('answers 404 to %s', async (path) => {
    const server = await startServer();
    for (const method of ['GET', 'POST']) {
      const { status, body } = await server.get(path, { method });
      expect([status, body]).toEqual([404, { error: 'Not found' }]);
    }
  });

  it.each(ODD_TARGETS)(
    'answers %s with a 4xx in JSON, with the security headers, and goes on serving',
    async (_, target) => {
      const server = await startServer();
      const { status, headers, body } = await rawRequest(server.url, `GET ${target}`);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(JSON.parse(body)).toEqual({ error: expect.any(String) });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
      expect((await server.get('/healthz')).status).toBe(200);
    },
  );

  it('answers 400 in JSON to what is not HTTP', async () => {
    const server = await startServer();
    const { status, headers, body } = await rawRequest(server.url, 'NONSENSE');
    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({ error: 'Bad Request' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'close',
    });
  });
});

it('writes nothing into an answer that is on its way when something that is not HTTP follows', async () => {
  const server = await startServer();
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  let received = '';
  socket.on('data', (data) => {
    received += data;
  });
  socket.write(`GET /events HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  while (!received.includes('\r\n\r\n')) await once(socket, 'data');
  expect(received).toContain('text/event-stream');
  socket.write('NONSENSE\r\n\r\n');
  await once(socket, 'close');
  expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
});

it('answers 431 in JSON to headers beyond all measure, with the security headers', async () => {
  const server = await startServer();
  const { status, headers, body } = await rawRequest(server.url, 'GET /', [`X-Long: ${'x'.repeat(20_000)}`]);
  expect([status, JSON.parse(body)]).toEqual([431, { error: 'Request Header Fields Too Large' }]);
  expect(headers['content-security-policy']).toContain("default-src 'none'");
});

describe('GET /ws/chat', () => {
  it('is 426 without an upgrade', async () => {
    const server = await startServer();
    const { status, headers, body } = await rawRequest(server.url, 'GET /ws/chat?name=Ann');
    expect([status, headers.upgrade]).toEqual([426, 'websocket']);
    // Without it, what stands under Upgrade is no offer.
    expect(headers.connection).toContain('Upgrade');
    expect(JSON.parse(body)).toEqual({ error: expect.any(String) });
  });
});

describe('health', () => {
  it('is ok while the server takes traffic', async () => {
    const server = await startServer();
    for (const path of ['/healthz', '/readyz']) {
      const { status, body } = await server.get(path);
      expect([status, body]).toEqual([200, { status: 'ok' }]);
    }
  });
});

describe('the documents', () => {
  it.each([
    ['/asyncapi.json', 'asyncapi', '3.'],
    ['/openapi.json', 'openapi', '3.1'],
  ])('serves %s', async (path, key, version) => {
    const server = await startServer();
    const { status, body, headers } = await server.get(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(body[key].startsWith(version)).toBe(true);
  });
});
