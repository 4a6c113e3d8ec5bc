import type { WebSocketRoute } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { closeCodes } from '../../src/protocol/close-codes.ts';
import { type ChatPage, useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

// Whether the page comes back, and when, is up to the code with which the server closes.

// The page's modules are checked apart from the server's, and by a compiler that knows a browser.
const { delayBefore }: { delayBefore(attempts: number, code: number): number } = await import(
  new URL('../../public/connection/backoff.js', import.meta.url).href
);

const browser = useBrowser();
const { goingAway, tooBig, broken, overloaded, slowReader, silent, flood, endedElsewhere } = closeCodes;
const LONGEST = 30_000;

test.each([goingAway, tooBig, broken, overloaded, slowReader, silent])(
  'comes back after $code',
  async ({ code }) => {
    const { ann, sockets } = await join();
    sockets[0]?.close({ code });
    await ann.status('Reconnecting…');
    await expect
      .poll(
        async () => {
          await ann.page.clock.runFor(500);
          return sockets.length;
        },
        { timeout: 20_000 },
      )
      .toBe(2);
    await ann.isConnected();
  },
);

test.each([flood, endedElsewhere])(
  'does not come back after $code, until the user wants it',
  async ({ code }) => {
    const { ann, sockets } = await join();
    sockets[0]?.close({ code });
    await ann.status('Not connected');
    await ann.page.getByRole('alert').filter({ hasText: /./ }).waitFor();
    await ann.page.clock.runFor(10 * LONGEST);
    expect(sockets.length).toBe(1);
    await ann.click('Join chat');
    await ann.isConnected();
  },
);

describe('the delay before another attempt', () => {
  const draw = (attempts: number, code: number) =>
    Array.from({ length: 500 }, () => delayBefore(attempts, code));

  test.each([0, 1, 2, 3, 10])('is anywhere below a bound that doubles, after %i attempts', (attempts) => {
    const bound = Math.min(500 * 2 ** attempts, LONGEST);
    const delays = draw(attempts, goingAway.code);
    expect(Math.max(...delays)).toBeLessThanOrEqual(bound);
    // Pages that lost the same server are not in step.
    for (const quarter of [0, 1, 2, 3]) {
      const within = delays.filter(
        (each) => each >= (quarter * bound) / 4 && each <= ((quarter + 1) * bound) / 4,
      );
      expect(within.length).toBeGreaterThan(60);
    }
  });

  test('is longer, and never short, when the server is overloaded', () => {
    for (const [attempts, bound] of [
      [0, 5_000],
      [1, 10_000],
      [5, LONGEST],
    ] as const) {
      const delays = draw(attempts, overloaded.code);
      expect(Math.min(...delays)).toBeGreaterThanOrEqual(bound / 2);
      expect(Math.max(...delays)).toBeLessThanOrEqual(bound);
      expect(new Set(delays).size).toBeGreaterThan(400);
    }
  });
});

/** A person whose sockets the test can close, and whose clock it can turn. */
async function join(): Promise<{ ann: ChatPage; sockets: WebSocketRoute[] }> {
  const { url } = await startServer();
  const ann = await browser.open(url);
  const sockets: WebSocketRoute[] = [];
  await ann.page.routeWebSocket(/ws\/chat/, (socket) => {
    socket.connectToServer();
    sockets.push(socket);
  });
  await ann.page.clock.install();
  await ann.page.reload();
  await ann.join('Ann');
  return { ann, sockets };
}
