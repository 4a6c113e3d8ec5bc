import { expect, test } from 'vitest';
import { type ChatPage, useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();
const PHONE = { viewport: { width: 320, height: 568 } };

test('fits into 320 pixels, with the lists behind buttons', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url, PHONE);
  expect(await overflow(ann)).toBe(0);
  await ann.join('Ann-with-a-long-name');
  await ann.say('word'.repeat(100));
  await ann.sees('word'.repeat(100));
  expect(await overflow(ann)).toBe(0);

  expect(await ann.rooms.isVisible()).toBe(false);
  await ann.click('Rooms');
  await ann.createRoom('a-very-long-name-of-a-room-yes');
  await ann.rooms.waitFor({ state: 'hidden' });
  expect(await overflow(ann)).toBe(0);
  await ann.click('People');
  await ann.people.waitFor();
  expect(await overflow(ann)).toBe(0);
  await ann.page.keyboard.press('Escape');
  await ann.people.waitFor({ state: 'hidden' });
  await ann.say('small');
  await ann.sees('small');
});

test('follows the theme of the system until someone toggles, and keeps that', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url, { colorScheme: 'dark' });
  expect(await brightness(ann)).toBeLessThan(60);
  await ann.click('Toggle theme');
  expect(await brightness(ann)).toBeGreaterThan(200);
  await ann.page.reload();
  expect(await brightness(ann)).toBeGreaterThan(200);
  await ann.click('Toggle theme');
  expect(await brightness(ann)).toBeLessThan(60);
});

test('can be used with the keyboard alone', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url);
  const { keyboard } = ann.page;
  await keyboard.type('Ann');
  await keyboard.press('Enter');
  await ann.isConnected();
  await ann.composer.waitFor();
  await keyboard.type('no mouse');
  await keyboard.press('Enter');
  await ann.sees('no mouse');
  await ann.rooms.getByRole('button', { name: 'random' }).focus();
  await keyboard.press('Enter');
  await ann.isIn('random');
  await keyboard.type('here neither');
  await keyboard.press('Enter');
  await ann.sees('here neither');
});

/** Pixels by which the page is wider than its window. */
function overflow({ page }: ChatPage): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}

/** Of the background, 0 to 255. */
async function brightness({ page }: ChatPage): Promise<number> {
  const color: string = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  const channels = color.match(/\d+/g)?.slice(0, 3).map(Number) ?? [];
  return channels.reduce((sum, each) => sum + each, 0) / 3;
}
