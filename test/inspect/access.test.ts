import { describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { startServer, type TestServer } from '../support/server.ts';

const TOKEN = 'open-sesame';

/** What a viewer meets: `open`, or the status with which it is refused. */
async function knock(
  server: TestServer,
  headers: Record<string, string> = {},
  query = '',
): Promise<'open' | number> {
  const url = `${server.url}/ws/inspect${query}`;
  const socket = new WebSocket(url.replace('http', 'ws'), { headers });
  const met = await new Promise<'open' | number>((resolve, reject) => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
  socket.on('error', () => {});
  socket.terminate();
  return met;
}

describe('the inspector', () => {
  it('is not there unless it is asked for', async () => {
    const server = await startServer({ INSPECT_TOKEN: TOKEN });
    expect(await knock(server)).toBe(404);
    expect(await knock(server, {}, `?token=${TOKEN}`)).toBe(404);
    expect(await server.get('/ws/inspect')).toMatchObject({
      status: 404,
      body: { error: 'The inspector is off' },
    });
  });

  it('lets in who comes from this machine, a page of ours among them', async () => {
    const server = await startServer({ INSPECT: true });
    const { host, port } = new URL(server.url);
    expect(await knock(server)).toBe('open');
    expect(await knock(server, { Origin: server.url })).toBe('open');
    expect(await knock(server, { Host: `localhost:${port}`, Origin: `http://localhost:${port}` })).toBe(
      'open',
    );
    expect(await knock(server, { Host: `[::1]:${port}` })).toBe('open');
    expect(await knock(server, { Host: host.replace('127.0.0.1', '127.1.2.3') })).toBe('open');
    expect((await server.get('/ws/inspect')).status).toBe(426);
  });

  it.each([
    ['a page of another site', { Origin: 'https://evil.example' }],
    ['a page that has no origin to tell', { Origin: 'null' }],
    ['a page on another port of this machine', { Origin: 'http://127.0.0.1:1' }],
    ['a name that was made to lead here', { Host: 'evil.example' }],
    [
      'a page under a name that was made to lead here',
      { Host: 'evil.example', Origin: 'http://evil.example' },
    ],
    ['a name that only looks like this machine', { Host: 'localhost.evil.example' }],
    ['an address that only looks like this machine', { Host: '127.0.0.1.evil.example' }],
    ['a name with an address of this machine in front', { Host: 'evil.example@127.0.0.1' }],
    ['a name with more behind it', { Host: 'localhost/evil.example' }],
    ['a name that ends in a dot', { Host: 'localhost.' }],
    ['an address that stands for all of this machine', { Host: '0.0.0.0' }],
    ['another address of this network', { Host: '[::ffff:10.0.0.1]' }],
    ['what a proxy on this machine passes on', { 'X-Forwarded-For': '203.0.113.7' }],
    ['what a proxy passes on by the standard', { Forwarded: 'for=203.0.113.7' }],
    ['what a proxy passes on that names the address alone', { 'X-Real-IP': '203.0.113.7' }],
    ['what a proxy passes on that names itself alone', { Via: '1.1 proxy' }],
    ['what a proxy passes on that names the host alone', { 'X-Forwarded-Host': 'localhost' }],
    ['a name that ends like that of this machine', { Host: 'evillocalhost' }],
  ])('refuses %s', async (_who, headers) => {
    const server = await startServer({ INSPECT: true });
    expect(await knock(server, headers)).toBe(403);
  });

  it('refuses the pages that may chat from elsewhere', async () => {
    const server = await startServer({ INSPECT: true, ALLOWED_ORIGINS: ['*'] });
    expect(await knock(server, { Origin: 'https://chat.example' })).toBe(403);
  });

  it('goes by the address that a trusted proxy names', async () => {
    const server = await startServer({ INSPECT: true, TRUST_PROXY: 1 });
    expect(await knock(server, { 'X-Forwarded-For': '203.0.113.7' })).toBe(403);
    expect(await knock(server, { 'X-Forwarded-For': '127.0.0.1' })).toBe('open');
    expect(await knock(server, { 'X-Forwarded-For': '127.0.0.1', 'X-Forwarded-Host': 'chat.example' })).toBe(
      403,
    );
  });
});

describe('with a token', () => {
  const elsewhere = { Host: 'chat.example' };

  it('lets in whoever has it, from anywhere', async () => {
    const server = await startServer({ INSPECT: true, INSPECT_TOKEN: TOKEN });
    expect(await knock(server, elsewhere, `?token=${TOKEN}`)).toBe('open');
    expect(await knock(server, { ...elsewhere, Authorization: `Bearer ${TOKEN}` })).toBe('open');
    expect(
      await knock(server, { ...elsewhere, Origin: 'https://chat.example' }, `?list&token=${TOKEN}`),
    ).toBe('open');
    expect(await knock(server)).toBe('open');
  });

  it('refuses who has none, or a wrong one', async () => {
    const server = await startServer({ INSPECT: true, INSPECT_TOKEN: TOKEN });
    expect(await knock(server, elsewhere)).toBe(403);
    for (const wrong of ['', 'open', `${TOKEN}x`, encodeURIComponent('ōpen-sesame')]) {
      expect(await knock(server, elsewhere, `?token=${wrong}`)).toBe(403);
      expect(await knock(server, {}, `?token=${wrong}`)).toBe(403);
    }
    expect(await server.get('/ws/inspect?token=wrong')).toMatchObject({
      status: 403,
      body: { error: 'That token is wrong' },
    });
  });

  it('refuses a foreign page that has it', async () => {
    const server = await startServer({ INSPECT: true, INSPECT_TOKEN: TOKEN });
    expect(await knock(server, { ...elsewhere, Origin: 'https://evil.example' }, `?token=${TOKEN}`)).toBe(
      403,
    );
  });

  it('takes none when none is set', async () => {
    const server = await startServer({ INSPECT: true });
    expect(await knock(server, {}, '?token=')).toBe(403);
    expect(await knock(server, {}, '?token=anything')).toBe(403);
  });
});
