import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { ServerProcess } from '../operation/process.ts';

const RECEIVERS = 500;
const STALLED = 50;
const QUEUE_BYTES = 1024 * 1024;
/** More than the queue and what the kernel takes on loopback for a socket that is not read, a few MiB. */
const TOTAL_BYTES = 10 * 1024 * 1024;
/** 2,000 characters of four bytes each. */
const TEXT = '🎭'.repeat(2_000);
const BATCH = 25;
const BATCHES = Math.ceil(TOTAL_BYTES / (BATCH * 8_000));

/** A receiver that only counts: parsing would make this process the slow reader. */
interface Receiver {
  socket: WebSocket;
  secret: string;
  messages: number;
  closed: Promise<number>;
}

async function receiver(url: string, reached: () => void): Promise<Receiver> {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const made: Receiver = { socket, secret: '', messages: 0, closed };
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      if (data.length > 8_000 && data.includes('"type":"message"')) {
        made.messages++;
        if (made.messages % BATCH === 0) reached();
      } else if (data.includes('"type":"connected"')) made.secret = JSON.parse(data.toString()).session_id;
      else if (data.includes('"type":"joined"')) resolve();
    });
  });
  return made;
}

describe('50 stalled readers among 500', () => {
  it('are closed with 4001 and can resume; nobody waits for them, and memory stays bounded', async () => {
    const server = new ServerProcess('node', { RATE_PER_SECOND: '0', LOG_LEVEL: 'info' });
    const url = await server.url();
    const wsUrl = `${url.replace('http', 'ws')}/ws/chat`;
    let waiting = 0;
    let release = () => {};
    const reached = () => {
      if (--waiting === 0) release();
    };
    const all: Receiver[] = [];
    for (let i = 0; i < RECEIVERS; i += 50) {
      all.push(...(await Promise.all(Array.from({ length: 50 }, () => receiver(wsUrl, reached)))));
    }
    const stalled = all.slice(0, STALLED);
    const active = all.slice(STALLED);
    const sender = active[0] as Receiver;
    for (const { socket } of stalled) socket.pause();
    const before = await memory(url);

    let batches = 0;
    // No longer than it takes: a reader who does not look in time at the close frame never sees it.
    for (; batches < BATCHES && (await away(url)) < STALLED; batches++) {
      const done = new Promise<void>((resolve) => {
        release = resolve;
      });
      waiting = active.length;
      // They write still, or on a busy machine they would be closed for their silence.
      for (const { socket } of stalled) socket.pong();
      for (let i = 0; i < BATCH; i++) {
        sender.socket.send(JSON.stringify({ type: 'message', room: 'general', text: TEXT }));
      }
      await done;
    }

    expect(new Set(active.map(({ messages }) => messages))).toEqual(new Set([batches * BATCH]));
    const after = await memory(url);
    // Each may hold its queue; the rest is what a busy process keeps for itself.
    expect(after - before).toBeLessThan(STALLED * QUEUE_BYTES + 200 * 1024 * 1024);

    for (const { socket } of stalled) socket.resume();
    const codes = await Promise.all(stalled.map(({ closed }) => closed));
    expect(new Set(codes)).toEqual(new Set([4001]));
    const again = new WebSocket(`${wsUrl}?session=${stalled[0]?.secret}`);
    onTestFinished(() => again.terminate());
    const first = await new Promise<string>((resolve) =>
      again.once('message', (data) => resolve(String(data))),
    );
    expect(JSON.parse(first)).toMatchObject({ type: 'resumed', rooms: ['general'], recovered: false });
    expect(Buffer.byteLength(first)).toBeLessThanOrEqual(512 * 1024);
  }, 300_000);
});

async function memory(url: string): Promise<number> {
  return (await stats(url)).memory_bytes;
}

/** How many have no connection any more. */
async function away(url: string): Promise<number> {
  return (await stats(url)).users_away;
}

async function stats(url: string): Promise<{ memory_bytes: number; users_away: number }> {
  return (await (await fetch(`${url}/api/stats`)).json()) as { memory_bytes: number; users_away: number };
}
