import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultConfig } from '../../src/config.ts';
import { createMemoryJournal } from '../../src/journal/memory.ts';
import { createServer } from '../../src/server.ts';
import { SteppedClock } from '../support/clock.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** Who does not answer the goodbye, and so keeps the server waiting. */
async function lingering(server: TestServer) {
  const client = await server.user('Lingering');
  client.socket.pause();
  return client;
}

/** The beginning of a request, so that the server does not take the connection for idle; and how it is answered. */
async function begun(server: TestServer, firstLines: string[]) {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  let received = '';
  socket.setEncoding('latin1').on('data', (text) => {
    received += text;
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(`${firstLines.join('\r\n')}\r\n`);
  // A round trip of another connection: by now the server has read it.
  await server.get('/healthz');
  return {
    async finish(...lines: string[]): Promise<string> {
      socket.write([...lines, '\r\n'].join('\r\n'));
      await closed;
      return received;
    },
  };
}

describe('while a server ends', () => {
  it('it says on /readyz that it takes no more, to who is still connected', async () => {
    const server = await startServer();
    await lingering(server);
    const request = await begun(server, ['GET /readyz HTTP/1.1', 'Host: x']);
    const ended = server.close();
    const answer = await request.finish('Connection: close');
    expect(answer).toContain('HTTP/1.1 503');
    expect(answer).toContain('{"status":"draining"}');
    await ended;
  });

  it.each(['/ws/chat', '/ws/inspect'])('it refuses an upgrade on %s with 503', async (path) => {
    const server = await startServer({ INSPECT: true });
    await lingering(server);
    const request = await begun(server, [`GET ${path} HTTP/1.1`, 'Host: localhost', 'Upgrade: websocket']);
    const ended = server.close();
    const answer = await request.finish(
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    );
    expect(answer).toContain('HTTP/1.1 503');
    expect(answer).toContain('{"error":"Server is going away"}');
    await ended;
  });

  it('an event stream ends as an answer does, and is not torn off', async () => {
    const server = await startServer();
    const request = await begun(server, ['GET /events HTTP/1.1', 'Host: x']);
    const answer = request.finish();
    await expect.poll(async () => (await server.get('/api/stats')).body.sse_subscribers).toBe(1);
    await server.close();
    // The empty chunk is the last.
    expect(await answer).toMatch(/\r\n0\r\n\r\n$/);
  });

  it('its journal is closed once everyone has gone, and once', async () => {
    const memory = createMemoryJournal(Date.now);
    const closedAt: number[] = [];
    const server = await startServer(
      {},
      {
        journal: {
          ...memory,
          close() {
            closedAt.push(performance.now());
            return memory.close();
          },
        },
      },
    );
    await server.users('Ann', 'Bea');
    await lingering(server);
    const asked = performance.now();
    await server.close();
    expect(closedAt).toHaveLength(1);
    // The others go at once; this one is waited for.
    expect(closedAt[0]).toBeGreaterThan(asked + 1_000);
  });

  it('whoever asks for the end a second time waits for it too', async () => {
    const server = await startServer();
    await lingering(server);
    const order: string[] = [];
    await Promise.all([
      server.close().then(() => order.push('first')),
      server.close().then(() => order.push('second')),
    ]);
    expect(order).toEqual(['first', 'second']);
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('nothing is left that would run later', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea] = await server.users('Ann', 'Bea');
    await server.subscribe();
    ann.send({ type: 'typing', room: 'general', typing: true });
    await bea.next('typing');
    await bea.close();
    await server.untilAway(ann, 'Bea');
    expect(clock.pending).toBeGreaterThan(3);
    await server.close();
    expect(clock.pending).toBe(0);
  });
});

it('names an address of IPv6 as a URL does', async ({ skip }) => {
  const server = createServer(defaultConfig({ PORT: 0, HOST: '::1', LOG_LEVEL: 'silent' }));
  const listening = await server.listen().catch(() => undefined);
  onTestFinished(() => server.close());
  if (!listening) return skip('this machine has no IPv6');
  expect(listening.url).toBe(`http://[::1]:${listening.port}`);
  expect((await fetch(`${listening.url}/healthz`)).status).toBe(200);
});
