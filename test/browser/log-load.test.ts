import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import type { ChatClient } from '../support/client.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

const LINES = 5_000;
const STORM_SECONDS = 6;
const A_SECOND = 100;
/** Milliseconds. */
const LONGEST_TASK = 100;

/** Runs in the page, whose types are not ours: hence text. */
const OBSERVE = `window.longTasks = [];
  window.observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration);
  });
  window.observer.observe({ type: 'longtask' });`;
const LONG_TASKS = `window.observer.takeRecords().map(({ duration }) => duration).concat(window.longTasks)`;

test('stays smooth with 5,000 messages on the page and 100 a second arriving', async () => {
  const server = await startServer({ MAX_QUEUE_BYTES: 100_000_000 });
  const [bob, cy] = await server.users('Bob', 'Cy');
  const ann = await browser.join(server.url, 'Ann');
  const rows = ann.log.locator('.message');
  // Of what comes in one burst the page draws only the end, until one scrolls up: so not all at once.
  post(bob, 0);
  await ann.sees('message 0');
  for (let sent = 1; sent < LINES; sent += 500) {
    for (let i = 0; i < 500 && sent + i < LINES; i++) post(i % 7 < 4 ? bob : cy, sent + i);
    await Promise.all([bob.settle(), cy.settle()]);
  }
  await expect.poll(() => rows.count(), { timeout: 30_000 }).toBe(LINES);

  await ann.page.evaluate(OBSERVE);
  let sent = LINES - 1;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      post(sent % 7 < 4 ? bob : cy, ++sent);
      if (sent < LINES + STORM_SECONDS * A_SECOND) return;
      clearInterval(timer);
      resolve();
    }, 1_000 / A_SECOND);
  });
  await expect.poll(() => rows.count(), { timeout: 30_000 }).toBe(sent + 1);
  const tasks: number[] = await ann.page.evaluate(LONG_TASKS);
  const longest = Math.max(0, ...tasks);
  console.log(
    `${LINES} lines, ${A_SECOND} more a second: longest task ${longest} ms, ${tasks.length} over 50 ms`,
  );
  expect(longest).toBeLessThan(LONGEST_TASK);
  const end = await ann.log.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
  expect(end).toBeLessThan(2);

  // Turning to another room and back is as quick.
  await ann.openRoom('random');
  await ann.openRoom('general');
  await ann.sees(`message ${sent}`);
  const turning = Math.max(0, ...(await ann.page.evaluate<number[]>(LONG_TASKS)));
  console.log(`turning to that room: longest task ${turning} ms`);
  expect(turning).toBeLessThan(LONGEST_TASK);
});

function post(client: ChatClient, number: number): void {
  client.send({ type: 'message', room: 'general', text: `message ${number}` });
}
