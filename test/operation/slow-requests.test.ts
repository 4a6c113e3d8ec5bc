import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../support/server.ts';

const CUT_OFF_MS = 30_000;

const unfinished = {
  silence: '',
  'half a header': 'GET / HTTP/1.1\r\nHost: x\r\n',
  'half an upgrade': 'GET /ws/chat HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n',
  'half a body': 'GET /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf',
};

it(
  'cuts off slow and half-finished requests and upgrades within 30 s',
  async () => {
    const server = await startServer();
    const { hostname, port } = new URL(server.url);
    const startedAt = performance.now();
    const cutOffAfter = async ([what, bytes]: [string, string]) => {
      const socket = connect(Number(port), hostname);
      onTestFinished(() => void socket.destroy());
      let answer = '';
      socket.setEncoding('latin1').on('data', (text) => {
        answer += text;
      });
      socket.write(bytes);
      await new Promise<void>((resolve) => socket.on('close', () => resolve()).on('error', () => resolve()));
      return { what, ms: performance.now() - startedAt, answer };
    };
    const ends = await Promise.all(Object.entries(unfinished).map(cutOffAfter));
    for (const { what, ms } of ends) expect(ms, what).toBeLessThan(CUT_OFF_MS);
    const answered = ends.filter(({ what }) => what === 'half a header' || what === 'half an upgrade');
    expect(answered).toHaveLength(2);
    for (const { what, answer } of answered) {
      expect(answer, what).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
      expect(answer, what).toMatch(/\r\n\r\n{"error":"Request Timeout"}$/);
    }
  },
  CUT_OFF_MS + 10_000,
);
