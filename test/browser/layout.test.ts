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
  await expect.poll(() => overflow(ann)).toBe(0);

  expect(await ann.rooms.isVisible()).toBe(false);
  await ann.click('Rooms');
  await ann.createRoom('a-very-long-name-of-a-room-yes');
  await ann.rooms.waitFor({ state: 'hidden' });
  await expect.poll(() => overflow(ann)).toBe(0);
  await ann.click('People');
  await ann.people.waitFor();
  await expect.poll(() => overflow(ann)).toBe(0);
  await ann.page.keyboard.press('Escape');
  await ann.people.waitFor({ state: 'hidden' });
  await ann.say('small');
  await ann.sees('small');
});

test('follows the theme of the system until someone toggles, and keeps that', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url, { colorScheme: 'dark' });
  await expect.poll(() => brightness(ann)).toBeLessThan(60);
  await ann.click('Toggle theme');
  await expect.poll(() => brightness(ann)).toBeGreaterThan(200);
  await ann.page.reload();
  await expect.poll(() => brightness(ann)).toBeGreaterThan(200);
  await ann.click('Toggle theme');
  await expect.poll(() => brightness(ann)).toBeLessThan(60);
});

test('a whole conversation can be had with the keyboard alone', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const ann = await browser.open(server.url);
  const { keyboard } = ann.page;
  await keyboard.type('Ann');
  await keyboard.press('Enter');
  await ann.isConnected();
  await ann.composer.waitFor();
  await keyboard.type('no mouse');
  await keyboard.press('Enter');
  await ann.sees('no mouse');

  await tabTo(ann, /^#random/);
  await keyboard.press('Enter');
  await ann.isIn('random');
  await keyboard.type('here neither');
  await keyboard.press('Enter');
  await ann.sees('here neither');
  await tabTo(ann, /leave-room/);
  await keyboard.press('Enter');
  await ann.isIn('general');

  await tabTo(ann, /room-name/);
  await keyboard.type('attic');
  await keyboard.press('Enter');
  await ann.isIn('attic');
  await tabTo(ann, /^#general/);
  await keyboard.press('Enter');
  await ann.isIn('general');

  await tabTo(ann, /^BBob/);
  await keyboard.press('Enter');
  await ann.isIn('Bob');
  await keyboard.type('psst');
  await keyboard.press('Enter');
  await bob.next('pm', { text: 'psst' });
  await tabTo(ann, /log-out/);
  await keyboard.press('Enter');
  await ann.page.getByRole('textbox', { name: 'Username' }).waitFor();
});

/** Presses Tab until what has the focus is called so, by its id or its text. */
async function tabTo({ page }: ChatPage, name: RegExp): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<string>(
      '(({ id, tagName, textContent }) => tagName === "BODY" ? "" : id || textContent)(document.activeElement)',
    );
    if (name.test(focused.trim())) return;
  }
  throw new Error(`Nothing called ${name} can be reached`);
}

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
