import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpHandler, type HttpParts } from '../../src/http/app.ts';
import { createSecurityHeaders } from '../../src/http/security.ts';
import { createLogger } from '../../src/log.ts';
import { rawRequest } from './raw.ts';

describe('a bug of ours in a route', () => {
  it.each(['/api/rooms', '/api/room/general/history', '/api/stats', '/events', '/readyz'])(
    'is a 500 in JSON and a log line on %s, and the server goes on',
    async (path) => {
      const { url, lines } = await serve();
      const { status, headers, body } = await rawRequest(url, `GET ${path}?session=very-secret`);
      expect(status).toBe(500);
      expect(JSON.parse(body)).toEqual({ error: 'Internal error' });
      expect(headers['content-security-policy']).toBeTruthy();
      const failure = lines.find((line) => line.level === 'error');
      expect(failure).toMatchObject({ method: 'GET', path, err: { message: 'planted' } });
      expect(JSON.stringify(lines)).not.toContain('very-secret');
      expect((await rawRequest(url, 'GET /healthz')).status).toBe(200);
    },
  );
});

it('a bug in the middle of an answer cuts it off, so that nobody takes it for a whole one', async () => {
  const { url, lines } = await serve({}, planted, (_, response) => {
    response.writeHead(200, { 'Content-Length': 100 });
    response.write('half of it');
    planted();
  });
  await expect(fetch(`${url}/events`).then((response) => response.text())).rejects.toThrow(
    /terminated|fetch failed/,
  );
  expect(lines.find((line) => line.level === 'error')).toMatchObject({ path: '/events' });
});

describe('the request log', () => {
  it('has one line a request: method, path without query, status, milliseconds, address', async () => {
    const { url, lines } = await serve({ TRUST_PROXY: 1 });
    await rawRequest(url, 'GET /nowhere?session=very-secret&text=hello', ['X-Forwarded-For: 198.51.100.7']);
    await expect.poll(() => lines.length).toBe(1);
    expect(lines[0]).toMatchObject({
      level: 'info',
      method: 'GET',
      path: '/nowhere',
      status: 404,
      ms: expect.any(Number),
      address: '198.51.100.7',
    });
    expect(JSON.stringify(lines)).not.toMatch(/very-secret|hello/);
  });

  it('has the beginning of a path that is very long', async () => {
    const { url, lines } = await serve();
    await rawRequest(url, `GET /${'a'.repeat(5_000)}`);
    await expect.poll(() => lines.length).toBe(1);
    expect(lines[0]?.path).toBe(`/${'a'.repeat(199)}`);
  });

  it('says of a request whose reader went before its end that it was cut, from where, and after how long', async () => {
    const asked = performance.now();
    const { url, lines } = await serve({}, planted, (_, response) => response.writeHead(200).write('begun'));
    await rawRequest(url, 'GET /nowhere');
    const reading = new AbortController();
    const response = await fetch(`${url}/events`, { signal: reading.signal });
    await response.body?.getReader().read();
    reading.abort();
    await expect
      .poll(() => lines.map(({ path, cut }) => [path, cut]))
      .toEqual([
        ['/nowhere', undefined],
        ['/events', true],
      ]);
    for (const line of lines) {
      expect(line.address).toBe('127.0.0.1');
      expect(line.ms).toBeLessThanOrEqual(performance.now() - asked);
    }
  });
});

describe('readiness', () => {
  it.each(['starting', 'draining'] as const)('is 503 while %s, and health stays 200', async (state) => {
    const { url } = await serve({}, () => state);
    const { status, body } = await rawRequest(url, 'GET /readyz');
    expect([status, JSON.parse(body)]).toEqual([503, { status: state }]);
    expect((await rawRequest(url, 'GET /healthz')).status).toBe(200);
  });
});

/** The routes alone, over a chat in which every view throws. */
async function serve(
  changes: Partial<HttpParts['config']> = {},
  health: HttpParts['health'] = planted,
  subscribe: HttpParts['subscribe'] = planted,
) {
  const lines: Record<string, unknown>[] = [];
  const handler = createHttpHandler({
    views: {
      rooms: planted,
      users: planted,
      history: () => Promise.reject(new Error('planted')),
      stats: planted,
    },
    subscribe,
    inspectionRefusal: planted,
    config: { ALLOWED_ORIGINS: [], TRUST_PROXY: 0, ...changes },
    log: createLogger('info', { write: (line) => lines.push(JSON.parse(line)) }),
    health,
    publicDir: fileURLToPath(new URL('../../public', import.meta.url)),
    securityHeaders: createSecurityHeaders([]),
    inspectorHeaders: createSecurityHeaders([]),
    documents: { asyncapi: '{}', openapi: '{}' },
  });
  const server = createServer(handler).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, lines };
}

function planted(): never {
  throw new Error('planted');
}
