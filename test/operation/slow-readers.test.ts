import { connect } from 'node:net';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../support/server.ts';

const UNREAD_MS = 30_000;
/** Node takes what it could write before for progress, so it may look twice. */
const CUT_OFF_MS = 2 * UNREAD_MS;

it(
  'cuts off who takes nothing of an answer for half a minute to a minute, but no event stream and no chat',
  async () => {
    let log = '';
    const logger = pino(
      { level: 'info' },
      {
        write: (line: string) => {
          log += line;
        },
      },
    );
    const server = await startServer({}, { logger });
    const [ann] = await server.users('Ann');
    const stream = await server.subscribe();
    for (let i = 0; i < 100; i++) ann.send({ type: 'message', room: 'general', text: '😀'.repeat(2_000) });
    await ann.settle();

    const socket = connect(Number(new URL(server.url).port), '127.0.0.1').pause();
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    // More than the kernel takes for a socket that is not read.
    socket.write('GET /api/room/general/history HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(30));
    const slowest = () => Math.max(0, ...(log.match(/(?<="ms":)\d+/g) ?? []).map(Number));
    await expect
      .poll(slowest, { timeout: CUT_OFF_MS + 5_000, interval: 50 })
      .toBeGreaterThan(UNREAD_MS - 1_000);
    let received = '';
    socket.setEncoding('latin1').on('data', (text) => {
      received += text;
    });
    await new Promise((resolve) => socket.resume().once('close', resolve));
    expect(received.match(/HTTP\/1\.1 200/g)?.length).toBeLessThan(30);

    await ann.say('general', 'still here');
    const seen = stream.events.length;
    await expect.poll(() => stream.events.length, { timeout: 15_000 }).toBeGreaterThan(seen);
  },
  CUT_OFF_MS + 30_000,
);
