import { expect, test } from 'vitest';
import { type ChatPage, hide, UNREACHABLE, useBrowser } from '../support/browser.ts';
import type { ChatClient } from '../support/client.ts';
import { temporaryDirectory } from '../support/data-directory.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

test('loads older history when one scrolls up, and keeps the place', async () => {
  const server = await startServer();
  const [bob] = await server.users('Bob');
  await sayMany(bob, 'general', 100);
  const ann = await browser.join(server.url, 'Ann');
  await ann.sees('line 100');
  expect(await ann.log.locator('.message').count()).toBe(50);

  const top = () => topOf(ann, 'line 51');
  await scrollTo(ann, 200);
  const before = await top();
  await ann.log.locator('.message').nth(99).waitFor({ state: 'attached' });
  // The first of a block loses its head when what comes before it is here: its words must not move.
  expect(Math.abs((await top()) - before)).toBeLessThan(2);
  await twoFrames(ann);
  expect(Math.abs((await top()) - before)).toBeLessThan(2);
  expect(await ann.texts()).toEqual(Array.from({ length: 100 }, (_, i) => `line ${i + 1}`));
});

test('goes on loading back to the first line, also after the server was started again', async () => {
  const DATA_DIR = temporaryDirectory();
  const first = await startServer({ DATA_DIR });
  const [bob] = await first.users('Bob');
  await sayMany(bob, 'general', 230);
  const ann = await browser.join(first.url, 'Ann');
  ann.expected = UNREACHABLE;
  await ann.sees('line 230');
  const loaded = (count: number) =>
    ann.log
      .locator('.message')
      .nth(count - 1)
      .waitFor({ state: 'attached' });
  await scrollTo(ann, 0);
  await loaded(51);
  await first.close();
  await ann.status('Reconnecting…');

  await startServer({ DATA_DIR, PORT: Number(new URL(first.url).port) });
  await ann.comesBack();
  await expect
    .poll(async () => {
      await scrollTo(ann, 0);
      return ann.log.locator('.message').count();
    })
    .toBe(230);
  expect(await ann.texts()).toEqual(Array.from({ length: 230 }, (_, i) => `line ${i + 1}`));
});

test('leaves a reader where they are, and brings them to the newest by a button', async () => {
  const server = await startServer();
  const [bob] = await server.users('Bob');
  await sayMany(bob, 'general', 60);
  const ann = await browser.join(server.url, 'Ann');
  await ann.sees('line 60');
  await expect.poll(() => fromEnd(ann)).toBeLessThan(2);

  await ann.log.hover();
  await ann.page.mouse.wheel(0, -600);
  await ann.page.getByRole('button', { name: 'Jump to newest' }).waitFor();
  await expect.poll(() => isAtRest(ann)).toBe(true);
  const before = await scrollTop(ann);
  await bob.say('general', 'news 1');
  await bob.say('general', 'news 2');
  const jump = ann.page.getByRole('button', { name: 'Jump to newest · 2 new' });
  await jump.waitFor();
  expect(await scrollTop(ann)).toBe(before);

  await jump.click();
  await jump.waitFor({ state: 'hidden' });
  await expect.poll(() => fromEnd(ann), { timeout: 10_000 }).toBeLessThan(2);
  await expect.poll(() => ann.composer.evaluate((box) => box.matches(':focus'))).toBe(true);
  await bob.say('general', 'news 3');
  await ann.sees('news 3');
  await expect.poll(() => fromEnd(ann), { timeout: 10_000 }).toBeLessThan(2);

  await ann.page.mouse.wheel(0, -600);
  await ann.page.getByRole('button', { name: 'Jump to newest' }).waitFor();
  await ann.say('mine');
  await ann.sees('mine');
  await expect.poll(() => fromEnd(ann), { timeout: 10_000 }).toBeLessThan(2);
});

test('draws a line where the unread begins, opens there, and takes it away when one has turned away', async () => {
  const server = await startServer();
  const [bob] = await server.users('Bob');
  await bob.join('random');
  const ann = await browser.join(server.url, 'Ann');
  await ann.openRoom('random');
  await ann.say('seen');
  await ann.sees('seen');
  await ann.openRoom('general');
  await sayMany(bob, 'random', 60);
  await ann.rooms.getByText('60 new').waitFor();

  await ann.openRoom('random');
  const line = ann.log.locator('.first-unread');
  await line.waitFor();
  await expect.poll(() => line.locator('xpath=..').locator('.text').textContent()).toBe('line 1');
  const top = await line.evaluate((element) => element.getBoundingClientRect().top);
  const height = await ann.log.evaluate((log) => log.getBoundingClientRect().height);
  expect(top).toBeGreaterThan(0);
  expect(top).toBeLessThan(height);
  await ann.openRoom('general');
  await ann.openRoom('random');
  await ann.sees('line 60');
  await expect.poll(() => line.count()).toBe(0);
  await expect.poll(() => fromEnd(ann), { timeout: 10_000 }).toBeLessThan(2);
});

test('draws it anew for who looks away a second time', async () => {
  const server = await startServer();
  const [bob] = await server.users('Bob');
  const ann = await browser.join(server.url, 'Ann');
  const unreadFrom = () => ann.log.locator('.row:has(.first-unread) .text').allTextContents();
  for (const text of ['while away', 'while away again']) {
    await hide(ann, true);
    await bob.say('general', text);
    await expect.poll(unreadFrom).toEqual([text]);
    await hide(ann, false);
    await bob.say('general', `seen, after ${text}`);
    await ann.sees(`seen, after ${text}`);
    await expect.poll(() => unreadFrom()).toEqual([text]);
  }
});

test('tells screen readers politely what is new: no history, nothing again, a storm only as a count', async () => {
  const server = await startServer();
  const [bob] = await server.users('Bob');
  await bob.join('random');
  await sayMany(bob, 'general', 100);
  await sayMany(bob, 'random', 3);
  const ann = await browser.join(server.url, 'Ann');
  await ann.sees('line 100');
  const spoken = ann.page.locator('.spoken');
  expect(await ann.log.getAttribute('aria-live')).toBe('off');
  expect(await spoken.getAttribute('aria-live')).toBe('polite');
  await ann.page.evaluate(`window.said = []; new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) window.said.push(node.textContent);
  }).observe(document.querySelector('.spoken'), { childList: true });`);
  const said = () => ann.page.evaluate<string[]>('window.said');

  await scrollTo(ann, 0);
  await ann.log.locator('.message').nth(99).waitFor({ state: 'attached' });
  await ann.openRoom('random');
  await ann.sees('line 3');
  await ann.openRoom('general');
  await ann.sees('line 100');
  expect(await said()).toEqual([]);

  await ann.say('my own words');
  await bob.say('general', 'hear me');
  await expect.poll(said).toEqual(['Bob: hear me']);
  await sayMany(bob, 'general', 20);
  await expect
    .poll(async () => (await said()).slice(1), { timeout: 10_000 })
    .toEqual([expect.stringMatching(/^\d+ new messages$/)]);
});

async function sayMany(client: ChatClient, room: string, count: number): Promise<void> {
  for (let i = 1; i <= count; i++) client.send({ type: 'message', room, text: `line ${i}` });
  await client.next('message', { text: `line ${count}` });
}

function scrollTo({ log }: ChatPage, top: number): Promise<void> {
  return log.evaluate((element, to) => {
    element.scrollTop = to;
  }, top);
}

function scrollTop({ log }: ChatPage): Promise<number> {
  return log.evaluate((element) => element.scrollTop);
}

function fromEnd({ log }: ChatPage): Promise<number> {
  return log.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
}

/** Found and measured in one go: a line is drawn anew when it loses its head. */
function topOf({ log }: ChatPage, text: string): Promise<number> {
  return log.evaluate((element, wanted) => {
    const lines = [...element.querySelectorAll('.text')];
    return lines.find((line) => line.textContent === wanted)?.getBoundingClientRect().top ?? Number.NaN;
  }, text);
}

function twoFrames({ page }: ChatPage): Promise<void> {
  return page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

/** A wheel is turned smoothly: whether it has come to its end. */
async function isAtRest(person: ChatPage): Promise<boolean> {
  const before = await scrollTop(person);
  for (let i = 0; i < 3; i++) await twoFrames(person);
  return (await scrollTop(person)) === before;
}
