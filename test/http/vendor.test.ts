import { expect, it } from 'vitest';
import { startServer } from '../support/server.ts';
import { rawRequest } from './raw.ts';

const ENTRY = '/vendor/xstate/xstate.esm.js';

it('serves every module that the import map leads to', async () => {
  const server = await startServer();
  const { body: page } = await server.get('/');
  const map = JSON.parse(page.match(/<script type="importmap">([^<]*)</)[1]);
  const pending = Object.values<string>(map.imports).map((path) => new URL(path, server.url).pathname);
  const seen = new Set<string>();
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const { status, headers, body } = await server.get(path);
    expect([path, status, headers.get('content-type')]).toEqual([path, 200, 'text/javascript;charset=utf-8']);
    for (const [, relative] of body.matchAll(/^(?:import|export)[^'"]*['"]([^'"]+)['"]/gm)) {
      expect(relative).toMatch(/^\.\//);
      pending.push(new URL(relative, server.url + path).pathname);
    }
  }
  expect(seen.size).toBeGreaterThan(1);
});

it('answers 304 to whoever has the module, and compresses it for the others', async () => {
  const server = await startServer();
  const first = await rawRequest(server.url, `GET ${ENTRY}`);
  const again = await rawRequest(server.url, `GET ${ENTRY}`, [`If-None-Match: ${first.headers.etag}`]);
  expect([again.status, again.body]).toEqual([304, '']);
  const packed = await rawRequest(server.url, `GET ${ENTRY}`, ['Accept-Encoding: br']);
  expect(packed.headers['content-encoding']).toBe('br');
  expect(packed.body.length).toBeLessThan(first.body.length / 2);
});

it.each([
  '/vendor/xstate/package.json',
  '/vendor/xstate/xstate.cjs.js',
  '/vendor/xstate/..%2fpackage.json',
  '/vendor/polka/index.js',
  '/vendor/__proto__/constructor',
])('serves nothing else: %s', async (path) => {
  const server = await startServer();
  expect((await rawRequest(server.url, `GET ${path}`)).status).toBe(404);
});
