import { expect, test } from 'vitest';
import { type ChatPage, useBrowser } from '../support/browser.ts';
import type { ChatClient } from '../support/client.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

// Why a long log is quick; how quick it is, `npm run bench:page -- log` shows.

const LINES = 1_500;
/** What is drawn of a conversation when it is opened. */
const DRAWN_AT_FIRST = 100;

/** Notes every row that is touched, and what is taken away. Runs in the page, whose types are not ours: hence text. */
const OBSERVE = `(() => {
  const lines = document.querySelector('[role=log] .lines');
  window.touched = new Set();
  window.removed = 0;
  window.observer = new MutationObserver((records) => window.take(records));
  window.take = (records) => {
    for (const { type, target, addedNodes, removedNodes } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      const row = element.closest('.row');
      if (row) window.touched.add(row);
      // A chunk gets rows, and is marked when it is full.
      else if (type === 'childList') for (const node of addedNodes) for (const each of rowsIn(node)) window.touched.add(each);
      if (!row) window.removed += removedNodes.length;
    }
  };
  const rowsIn = (node) => node.classList.contains('row') ? [node] : node.children;
  window.observer.observe(lines, { subtree: true, childList: true, characterData: true, attributes: true });
})()`;
const TOUCHED = `(() => {
  window.take(window.observer.takeRecords());
  const texts = [...window.touched].map((row) => row.querySelector('.text').textContent);
  return { texts, removed: window.removed };
})()`;

test('draws of a long log only what comes, and only what is in sight', async () => {
  const server = await startServer({ MAX_QUEUE_BYTES: 100_000_000 });
  const [bob, cy] = await server.users('Bob', 'Cy');
  const ann = await browser.join(server.url, 'Ann');
  const rows = ann.log.locator('.row');
  post(bob, 0);
  await ann.sees('message 0');
  for (let i = 1; i < LINES; i++) post(i % 7 < 4 ? bob : cy, i);
  await Promise.all([bob.settle(), cy.settle()]);
  await ann.sees(`message ${LINES - 1}`);
  // Those that came at once are drawn at once.
  const before = await rows.count();
  expect(before).toBeGreaterThanOrEqual(LINES);

  await ann.page.evaluate(OBSERVE);
  const news = Array.from({ length: 3 }, (_, i) => `message ${LINES + i}`);
  for (let i = 0; i < news.length; i++) {
    post(i % 7 < 4 ? bob : cy, LINES + i);
    await ann.sees(`message ${LINES + i}`);
  }
  expect(await ann.page.evaluate(TOUCHED)).toEqual({ texts: news, removed: 0 });
  expect(await rows.count()).toBe(before + news.length);
  await expect.poll(() => fromEnd(ann)).toBeLessThan(2);
  // A chunk at the edge is laid out too.
  await expect.poll(() => laidOut(ann)).toBeLessThan(200);

  await ann.openRoom('random');
  await ann.openRoom('general');
  await ann.sees(news.at(-1) as string);
  expect(await rows.count()).toBe(DRAWN_AT_FIRST);
});

/** Rows that the browser does not leave out. */
function laidOut({ page }: ChatPage): Promise<number> {
  return page.evaluate(
    `[...document.querySelectorAll('[role=log] .row')].filter((row) => row.checkVisibility({ contentVisibilityAuto: true })).length`,
  );
}

function fromEnd({ log }: ChatPage): Promise<number> {
  return log.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
}

function post(client: ChatClient, number: number): void {
  client.send({ type: 'message', room: 'general', text: `message ${number}` });
}
