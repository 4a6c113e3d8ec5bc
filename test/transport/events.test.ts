import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/actors/clock.ts';
import type { StatsEvent, Subscriber } from '../../src/actors/stats/events.ts';
import { EventTransport } from '../../src/transport/events.ts';
import { PATIENCE_MS } from '../support/patience.mjs';

const TEXT = `data: ${'x'.repeat(16 * 1024)}\n\n`;

/** The transport with statistics that only keep their subscribers. */
async function transport() {
  const subscribers = new Set<Subscriber>();
  const changes: StatsEvent['type'][] = [];
  const stats = {
    send(event: StatsEvent) {
      changes.push(event.type);
      if (event.type === 'subscriber.join') subscribers.add(event.subscriber);
      if (event.type === 'subscriber.leave') subscribers.delete(event.subscriber);
    },
  };
  const events = new EventTransport(stats, systemClock);
  const responses: ServerResponse[] = [];
  const server = createServer((request, response) => {
    responses.push(response);
    events.subscribe(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    events.close();
    server.close();
  });
  return { events, server, subscribers, changes, responses };
}

function reader(server: Server, requests = 1): Socket {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  socket.write('GET /events HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(requests));
  return socket;
}

it('drops a subscriber who stops reading at once, and the others miss nothing', async () => {
  const { server, subscribers, changes } = await transport();
  const stalled = reader(server).pause();
  await expect.poll(() => subscribers.size).toBe(1);
  const [dropped] = subscribers;
  let received = 0;
  reader(server).on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  await expect.poll(() => subscribers.size).toBe(2);

  let sent = 0;
  while (subscribers.has(dropped as Subscriber)) {
    for (const subscriber of subscribers) subscriber.send(TEXT);
    sent += TEXT.length;
    // What the kernel takes for a socket that is not read is some megabytes.
    expect(sent).toBeLessThan(64 * 1024 * 1024);
    await expect.poll(() => received, { interval: 1 }).toBeGreaterThanOrEqual(sent);
  }
  expect(subscribers.size).toBe(1);
  await new Promise((resolve) => stalled.resume().once('close', resolve));
  expect(subscribers.size).toBe(1);
  expect(changes).toEqual(['subscriber.join', 'subscriber.join', 'subscriber.leave']);
});

it('tells of a subscriber who goes once only', async () => {
  const { server, subscribers, changes } = await transport();
  const socket = reader(server);
  await expect.poll(() => subscribers.size).toBe(1);
  const [subscriber] = subscribers;
  socket.destroy();
  await expect.poll(() => subscribers.size).toBe(0);
  subscriber?.send(TEXT);
  expect(changes).toEqual(['subscriber.join', 'subscriber.leave']);
});

it('subscribes nobody whose answer waits behind another', async () => {
  const { server, subscribers, changes, responses } = await transport();
  const socket = reader(server, 10);
  await expect.poll(() => subscribers.size).toBeGreaterThan(0);
  socket.destroy();
  await expect.poll(() => subscribers.size).toBe(0);
  expect(changes).toEqual(['subscriber.join', 'subscriber.leave']);
  expect(responses.map(({ destroyed }) => destroyed)).toEqual(Array(10).fill(true));
});

it('ends a stream that is asked for once it has been closed', async () => {
  const { events, server, changes } = await transport();
  events.close();
  const socket = reader(server);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // The empty chunk is the last.
  await expect.poll(() => Buffer.concat(chunks).toString()).toContain('\r\n0\r\n\r\n');
  expect(changes).toEqual([]);
});

it('ends a stream behind all that was sent, and sends nothing after it', async () => {
  const { events, server, subscribers, changes, responses } = await transport();
  const socket = reader(server).pause();
  await expect.poll(() => subscribers.size, { timeout: PATIENCE_MS }).toBe(1);
  const [subscriber] = subscribers;
  const [response] = responses;
  let sent = 0;
  // More than the kernel takes: the end has to wait for its reader.
  while (response?.writableLength === 0) {
    subscriber?.send(TEXT);
    sent++;
    await turn();
  }
  events.close();
  subscriber?.send('data: too late\n\n');
  await turn();
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk)).resume();
  await expect
    .poll(() => Buffer.concat(chunks.slice(-2)).toString(), { timeout: PATIENCE_MS })
    .toMatch(/\r\n0\r\n\r\n$/);
  const received = Buffer.concat(chunks).toString();
  expect(received.split(TEXT)).toHaveLength(sent + 1);
  expect(received).not.toContain('too late');
  socket.destroy();
  await expect.poll(() => changes, { timeout: PATIENCE_MS }).toEqual(['subscriber.join', 'subscriber.leave']);
});
