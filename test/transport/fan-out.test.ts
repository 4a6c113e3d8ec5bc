import { Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Every write of this process that holds `text` unmasked: the server's, since clients mask theirs. */
function watchWrites(text: string): { socket: Socket; data: Buffer }[] {
  const writes: { socket: Socket; data: Buffer }[] = [];
  const write = Socket.prototype.write;
  vi.spyOn(Socket.prototype, 'write').mockImplementation(function (this: Socket, ...args: unknown[]) {
    const [data] = args;
    if (Buffer.isBuffer(data) && data.includes(text)) writes.push({ socket: this, data });
    return write.apply(this, args as never);
  });
  return writes;
}

async function crowd(server: TestServer, size: number) {
  const clients = await server.users(...Array.from({ length: size }, (_, i) => `User${i}`));
  return { sender: clients[0] as (typeof clients)[number], clients };
}

describe('a broadcast', () => {
  it('is the identical buffer for all receivers', async () => {
    const server = await startServer();
    const { sender, clients } = await crowd(server, 30);
    const writes = watchWrites('the one buffer');
    sender.send({ type: 'message', room: 'general', text: 'the one buffer' });
    for (const client of clients) await client.next('message', { text: 'the one buffer' });
    expect(writes).toHaveLength(30);
    expect(new Set(writes.map(({ socket }) => socket)).size).toBe(30);
    expect(new Set(writes.map(({ data }) => data)).size).toBe(1);
  });

  it('of many messages that came together is one write a socket, the identical one', async () => {
    const server = await startServer();
    const { sender, clients } = await crowd(server, 20);
    const writes = watchWrites('burst');
    // One chunk on the wire, hence one tick of the server.
    sender.socket._socket.cork();
    for (let i = 0; i < 50; i++) sender.send({ type: 'message', room: 'general', text: `burst ${i}` });
    sender.socket._socket.uncork();
    for (const client of clients) await client.next('message', { text: 'burst 49' });
    expect(writes).toHaveLength(20);
    expect(new Set(writes.map(({ data }) => data)).size).toBe(1);
  });

  it('is not mistaken for another of the same tick that begins alike', async () => {
    const server = await startServer();
    const [ann, bea, cid] = await server.users('Ann', 'Bea', 'Cid');
    for (const room of ['attic', 'cellar']) await ann.join(room);
    await bea.join('attic');
    await cid.join('cellar');
    ann.socket._socket.cork();
    for (const room of ['general', 'attic', 'cellar']) {
      ann.send({ type: 'message', room, text: `burst in ${room}` });
    }
    ann.socket._socket.uncork();
    await bea.next('message', { text: 'burst in attic' });
    await cid.next('message', { text: 'burst in cellar' });
  });

  it('of a burst reaches nobody who is not in its room', async () => {
    const server = await startServer();
    const [ann, bea, cid] = await server.users('Ann', 'Bea', 'Cid');
    for (const client of [ann, bea, cid]) await client.join('attic');
    for (const client of [ann, bea]) await client.join('cellar');
    ann.socket._socket.cork();
    for (const room of ['general', 'attic', 'cellar']) {
      ann.send({ type: 'message', room, text: `burst in ${room}` });
    }
    ann.socket._socket.uncork();
    await bea.next('message', { text: 'burst in cellar' });
    await cid.next('message', { text: 'burst in attic' });
    await cid.expectNone('message', { room: 'cellar' });
  });

  it('leaves in the tick in which the message came', async () => {
    const server = await startServer();
    const { sender, clients } = await crowd(server, 2);
    const ticks: number[] = [];
    let tick = 0;
    const count = () => {
      tick++;
      counting = setImmediate(count);
    };
    let counting = setImmediate(count);
    const writes = watchWrites('at once');
    const emit = Socket.prototype.emit;
    vi.spyOn(Socket.prototype, 'emit').mockImplementation(function (this: Socket, ...args: unknown[]) {
      if (args[0] === 'data' && this.server) ticks.push(tick);
      return emit.apply(this, args as never);
    });
    const write = vi.mocked(Socket.prototype.write).getMockImplementation() as typeof Socket.prototype.write;
    vi.mocked(Socket.prototype.write).mockImplementation(function (this: Socket, ...args: unknown[]) {
      const before = writes.length;
      const result = write.apply(this, args as never);
      if (writes.length > before) ticks.push(tick);
      return result;
    });
    sender.send({ type: 'message', room: 'general', text: 'at once' });
    await clients[1]?.next('message');
    clearImmediate(counting);
    // The read, and the two writes that it led to; the counter runs once between at most, in the same check phase.
    expect(ticks).toHaveLength(3);
    expect((ticks[2] as number) - (ticks[0] as number)).toBeLessThanOrEqual(1);
  });
});

declare module 'ws' {
  interface WebSocket {
    _socket: Socket;
  }
}
declare module 'node:net' {
  interface Socket {
    /** Set by Node on the sockets that a server has accepted. */
    server?: unknown;
  }
}
