import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startServer, type TestServer } from '../support/server.ts';

describe('the upgrade', () => {
  it('lets a client in that has no Origin', async () => {
    const server = await startServer();
    expect((await server.user('Ann')).me.name).toBe('Ann');
  });

  it('lets a page of our own in', async () => {
    const server = await startServer();
    const client = await server.connect({ name: 'Ann' }, { origin: server.url });
    expect(await client.next('connected')).toMatchObject({ name: 'Ann' });
  });

  it('agrees to no compression: it would be done anew for each receiver', async () => {
    const server = await startServer();
    const client = await server.connect({ name: 'Ann' }, { perMessageDeflate: true });
    expect(client.socket.extensions).toBe('');
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'garbage', 'file://', 'ftp://our-own'])(
    'refuses the origin %s with 403',
    async (origin) => {
      const server = await startServer();
      const own = new URL(server.url).host;
      expect(await refusal(server.wsUrl, { origin: origin.replace('our-own', own) })).toBe(403);
      expect((await server.get('/api/stats')).body.connections).toBe(0);
    },
  );

  it('refuses an origin that merely begins like our own', async () => {
    const server = await startServer();
    expect(await refusal(server.wsUrl, { origin: `${server.url}.evil.example` })).toBe(403);
    expect(await refusal(server.wsUrl, { origin: `${server.url}0` })).toBe(403);
  });

  it('lets in the pages that ALLOWED_ORIGINS names', async () => {
    const server = await startServer({ ALLOWED_ORIGINS: ['https://chat.example'] });
    const client = await server.connect({ name: 'Ann' }, { origin: 'https://chat.example' });
    await client.next('connected');
    for (const origin of [
      'https://evil.example',
      'https://chat.example.evil.example',
      'http://chat.example',
    ]) {
      expect(await refusal(server.wsUrl, { origin })).toBe(403);
    }
  });

  it('lets any page in when ALLOWED_ORIGINS is *', async () => {
    const server = await startServer({ ALLOWED_ORIGINS: ['*'] });
    const client = await server.connect({ name: 'Ann' }, { origin: 'https://any.example' });
    await client.next('connected');
  });

  it('is refused with 403 for a resume from a foreign page too', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const url = `${server.wsUrl}?session=${ann.me.session_id}`;
    expect(await refusal(url, { origin: 'https://evil.example' })).toBe(403);
  });

  it('is required: GET /ws/chat alone is 426', async () => {
    const server = await startServer();
    expect((await server.get('/ws/chat')).status).toBe(426);
    expect((await server.get('/ws/chat?name=Ann')).status).toBe(426);
  });

  it.each(['/ws', '/ws/other', '/', '/api/rooms', '/ws/chatter'])('on %s is 404', async (path) => {
    const server = await startServer();
    expect(await refusal(wsUrl(server, path))).toBe(404);
  });

  it('survives a query that cannot be decoded', async () => {
    const server = await startServer();
    const client = await connectTo(`${server.wsUrl}?name=%E0%A4%A&session=%&lastMsgId=%zz`);
    expect([101, 400]).toContain(client);
    expect((await server.user('Ann')).me.name).toBe('Ann');
  });
});

function wsUrl(server: TestServer, path: string): string {
  return server.url.replace('http', 'ws') + path;
}

/** The status with which an upgrade is refused. */
async function refusal(url: string, options: { origin?: string } = {}): Promise<number> {
  const status = await connectTo(url, options);
  expect(status, url).not.toBe(101);
  return status;
}

function connectTo(url: string, options: { origin?: string } = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options);
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    socket.on('error', reject);
  });
}
