import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Request } from 'polka';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createStaticFiles } from '../../src/http/static-files.ts';
import { startServer } from '../support/server.ts';
import { rawRequest } from './raw.ts';

const page = readFileSync(new URL('../../public/index.html', import.meta.url), 'utf8');
const importMap = page.match(/<script type="importmap">([^<]*)</)?.[1] ?? '';

const CSP = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${createHash('sha256').update(importMap).digest('base64')}'`,
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join(';');

describe('files', () => {
  it('serves the page at / as HTML', async () => {
    const server = await startServer();
    const { status, headers, body } = await server.get('/');
    expect(status).toBe(200);
    expect(headers.get('content-type')?.toLowerCase()).toBe('text/html;charset=utf-8');
    expect(body).toMatch(/^<!doctype html>/i);
  });

  it('serves each file that the page names, with its MIME type', async () => {
    const server = await startServer();
    const { body } = await server.get('/');
    const named = [...(body as string).matchAll(/(?:src|href)="([^":]+)"/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(1);
    const mime: Record<string, string> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
    for (const path of named) {
      const { status, headers } = await server.get(new URL(path, server.url).pathname);
      expect([path, status]).toEqual([path, 200]);
      const wanted = mime[path.split('.').at(-1) ?? ''];
      if (wanted) expect(headers.get('content-type')).toContain(wanted);
    }
  });

  it('answers 304 to whoever has the file already', async () => {
    const server = await startServer();
    const first = await rawRequest(server.url, 'GET /');
    expect(first.headers.etag).toBeTruthy();
    const again = await rawRequest(server.url, 'GET /', [`If-None-Match: ${first.headers.etag}`]);
    expect([again.status, again.body]).toEqual([304, '']);
    expect(again.headers['content-security-policy']).toBe(CSP);
  });

  it('answers 405 to whoever would change the file, also if they have it already', async () => {
    const server = await startServer();
    const { headers } = await rawRequest(server.url, 'GET /');
    const answer = await rawRequest(server.url, 'POST /', [`If-None-Match: ${headers.etag}`]);
    expect(answer.status).toBe(405);
  });

  it('cuts off the answer when the file has gone since the server began, and goes on', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'troupe-files-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    for (const name of ['gone', 'there']) writeFileSync(join(directory, name), 'text');
    const serveFile = createStaticFiles(directory);
    rmSync(join(directory, 'gone'));
    const server = createServer((req, res) => serveFile(req as Request, res)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await rawRequest(url, 'GET /gone')).body).toBe('');
    expect((await rawRequest(url, 'GET /there')).body).toBe('text');
  });

  it('lets go of a file whose reader goes before its end', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'troupe-files-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    // More than the kernel takes for a socket that is not read.
    writeFileSync(join(directory, 'large'), Buffer.alloc(64 * 1024 * 1024));
    const serveFile = createStaticFiles(directory);
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => void server.close());
    const opened = new Promise<Readable>((resolve) => {
      server.on('request', (req, res) => {
        res.once('pipe', resolve);
        serveFile(req as Request, res);
      });
    });
    const reading = new AbortController();
    const { port } = server.address() as AddressInfo;
    await fetch(`http://127.0.0.1:${port}/large`, { signal: reading.signal });
    const file = await opened;
    const closed = new Promise((resolve) => file.once('close', resolve));
    reading.abort();
    await closed;
    expect(file.readableEnded).toBe(false);
  });

  it('has browsers ask again before they use a copy', async () => {
    const server = await startServer();
    expect((await server.get('/')).headers.get('cache-control')).toContain('max-age=0');
  });

  it.each(['br', 'gzip'])('compresses with %s for who takes it', async (encoding) => {
    const server = await startServer();
    const plain = await rawRequest(server.url, 'GET /asyncapi.json');
    const packed = await rawRequest(server.url, 'GET /asyncapi.json', [`Accept-Encoding: ${encoding}`]);
    expect(packed.headers).toMatchObject({ 'content-encoding': encoding, vary: 'Accept-Encoding' });
    expect(packed.body.length).toBeLessThan(plain.body.length / 2);
    expect(plain.headers).not.toHaveProperty('content-encoding');
  });

  it.each(['5-2', '0-3', '-5', 'x-y', '999999999-'])(
    'answers a range of %s with the whole file',
    async (range) => {
      const server = await startServer();
      const whole = await rawRequest(server.url, 'GET /');
      const { status, body } = await rawRequest(server.url, 'GET /', [`Range: bytes=${range}`]);
      expect([status, body]).toEqual([200, whole.body]);
    },
  );
});

describe('security headers', () => {
  it.each([
    'GET /',
    'GET /api/rooms',
    'GET /api/room/nowhere/users',
    'GET /api/rooms?limit=x',
    'GET /nowhere',
    'POST /',
    'GET /ws/chat',
    'GET /readyz',
    'HEAD /events',
    'BROKEN /',
  ])('are on the answer to %s', async (requestLine) => {
    const server = await startServer();
    const { headers } = await rawRequest(server.url, requestLine);
    expect(headers).toMatchObject({
      'content-security-policy': CSP,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    // Over plain HTTP these would lock people out.
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it.each(['/inspector', '/inspector.html', '/inspector?room=general'])(
    'let the page %s vouch for its worker, and differ in nothing else',
    async (path) => {
      const server = await startServer();
      const page = await rawRequest(server.url, `GET ${path}`);
      const other = await rawRequest(server.url, 'GET /');
      const policy = CSP.replace("trusted-types 'none'", 'trusted-types elk-worker');
      expect(page.headers['content-security-policy']).toBe(policy);
      expect(Object.keys(page.headers)).toEqual(
        expect.arrayContaining(Object.keys(other.headers).filter((name) => name.startsWith('x-'))),
      );
    },
  );

  it.each(['/', '/inspector/', '/inspector/chart/state-chart.js', '/vendor/elk-worker.js', '/inspector2'])(
    'let no other page make policies: %s',
    async (path) => {
      const server = await startServer();
      const { headers } = await rawRequest(server.url, `GET ${path}`);
      expect(headers['content-security-policy']).toBe(CSP);
    },
  );
});
