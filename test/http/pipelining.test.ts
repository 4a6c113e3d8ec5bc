import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Turns } from '../../src/http/turns.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** Sends all requests in one write. */
function pipeline({ url }: { url: string }, paths: string[], lastHeaders: string[] = []): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  const requests = paths.map((path, i) =>
    [`GET ${path} HTTP/1.1`, 'Host: x', ...(i === paths.length - 1 ? lastHeaders : []), '\r\n'].join('\r\n'),
  );
  socket.write(requests.join(''));
  return socket;
}

function times<T>(count: number, value: T): T[] {
  return Array<T>(count).fill(value);
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

async function readToEnd(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await closed(socket);
  return Buffer.concat(chunks).toString();
}

/** A server that takes turns at answers of a megabyte, and counts those it has made. */
async function withBigAnswers() {
  const made = { answers: 0 };
  const body = Buffer.alloc(1024 * 1024);
  const turns = new Turns((_, response) => {
    made.answers++;
    // Not before the rest of what came with it has been parsed.
    setImmediate(() => response.end(body));
  });
  const server = createHttpServer(turns.take);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, made };
}

/** Resolves when no answer is made any more: the kernel takes a few for a socket that is not read. */
async function untilStanding(made: { answers: number }): Promise<void> {
  let before = -1;
  const stands = () => {
    const { answers } = made;
    const stood = answers > 0 && answers === before;
    before = answers;
    return stood;
  };
  await expect.poll(stands, { interval: 200, timeout: 5_000 }).toBe(true);
}

async function subscribers(server: TestServer): Promise<number> {
  return (await server.get('/api/stats')).body.sse_subscribers;
}

describe('pipelined requests', () => {
  it('are answered in their order', async () => {
    const server = await startServer();
    const paths = ['/healthz', '/api/room/general/history', '/api/rooms', '/nowhere', '/readyz'];
    const text = await readToEnd(pipeline(server, paths, ['Connection: close']));
    const bodies = ['{"status":"ok"}', '[]', '"name":"general"', '"error":"Not found"', '{"status":"ok"}'];
    let at = 0;
    for (const body of bodies) {
      at = text.indexOf(body, at);
      expect(at, body).toBeGreaterThan(0);
    }
    expect(text.match(/HTTP\/1\.1 \d+/g)).toHaveLength(paths.length);
  });

  it('are answered no sooner than the answers before them have been taken', async () => {
    const { url, made } = await withBigAnswers();
    const socket = pipeline({ url }, times(30, '/'), ['Connection: close']);
    socket.pause();
    await untilStanding(made);
    expect(made.answers).toBeLessThan(20);
    const text = await readToEnd(socket.resume());
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(30);
  });

  it('are not answered once their connection is gone', async () => {
    const { url, made } = await withBigAnswers();
    const socket = pipeline({ url }, times(30, '/')).pause();
    await untilStanding(made);
    const { answers } = made;
    socket.resetAndDestroy();
    await readToEnd(pipeline({ url }, ['/'], ['Connection: close']));
    expect(made.answers).toBe(answers + 1);
  });

  it('are cut off when there are too many, and cost the server next to nothing', async () => {
    const { url, made } = await withBigAnswers();
    await closed(pipeline({ url }, times(1_200, '/')).resume());
    expect(made.answers).toBe(1);
    await readToEnd(pipeline({ url }, ['/'], ['Connection: close']));
    expect(made.answers).toBe(2);
  });

  it('for the event stream make one subscriber, which is gone with its connection', async () => {
    const server = await startServer();
    const socket = pipeline(server, times(10, '/events'));
    await expect.poll(() => subscribers(server)).toBe(1);
    socket.destroy();
    await expect.poll(() => subscribers(server)).toBe(0);
  });

  it('for the event stream leave no subscriber behind when they are too many', async () => {
    const server = await startServer();
    await closed(pipeline(server, times(500, '/events')).resume());
    await expect.poll(() => subscribers(server)).toBe(0);
  });

  it('cannot be followed by an upgrade before they have been answered', async () => {
    const server = await startServer();
    const socket = pipeline(
      server,
      ['/events', '/ws/chat?name=Ann'],
      [
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ],
    );
    expect(await readToEnd(socket)).not.toContain('101 Switching Protocols');
    expect((await server.get('/api/stats')).body).toMatchObject({ sse_subscribers: 0, connections: 0 });
  });
});
