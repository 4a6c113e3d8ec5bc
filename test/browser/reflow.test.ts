import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

// Windows, colours and amounts that are out of the ordinary.

const browser = useBrowser();

test('is whole at four times the size, where 320 by 256 pixels are left', async () => {
  const server = await startServer();
  await server.user('Bob');
  const ann = await browser.join(server.url, 'Ann', { viewport: { width: 320, height: 256 } });
  await ann.say('large print');
  await ann.sees('large print');
  expect((await ann.log.boundingBox())?.height).toBeGreaterThan(100);

  await ann.click('Rooms');
  expect((await ann.rooms.boundingBox())?.height).toBeGreaterThan(100);
  await ann.openRoom('random');
  await ann.click('Rooms');
  await ann.createRoom('attic');
  await ann.click('Rooms');
  await ann.openRoom('general');
  await ann.click('People');
  expect((await ann.people.boundingBox())?.height).toBeGreaterThan(60);
  await ann.people.getByRole('button', { name: 'Bob' }).click();
  await ann.isIn('Bob');

  await ann.click('Emoji');
  const search = ann.page.getByRole('searchbox', { name: 'Search emoji' });
  await ann.page.getByRole('option').first().waitFor({ state: 'attached' });
  await expect.poll(async () => (await search.boundingBox())?.y).toBeGreaterThanOrEqual(0);
  await search.fill('rocket');
  await ann.page.getByRole('option', { name: 'rocket' }).click();
  await ann.composer.pressSequentially('words '.repeat(60));
  await ann.click('Send');
  await ann.log.getByText('🚀').waitFor();
  await ann.click('Notifications');
  await ann.page.getByRole('switch', { name: 'Soft sound' }).click();
  expect(await ann.page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
});

test('keeps columns apart in a wide window, and lines in one piece on a phone', async () => {
  const { url } = await startServer();
  for (const [viewport, isNarrow] of [
    [{ width: 1280, height: 800 }, false],
    [{ width: 320, height: 568 }, true],
  ] as const) {
    const ann = await browser.join(url, 'Ann', { viewport });
    await ann.say('/help');
    const line = ann.log.getByText('/rooms').last();
    await line.waitFor();
    const words = await line.evaluate((element) => element.innerText);
    expect(/\/rooms {2,}lists all rooms/.test(words)).toBe(!isNarrow);
    expect(words.replace(/\s+/g, ' ').trim()).toBe('/rooms lists all rooms');
    await ann.page.context().close();
  }
});

test('nothing moves when people with long names begin to type, on a phone', async () => {
  const server = await startServer();
  const crowd = await server.users('Bartholomew_the_1st_', 'Clementina_the_2nd__');
  const ann = await browser.join(server.url, 'Ann', { viewport: { width: 320, height: 568 } });
  await ann.log.getByText('Welcome to #general').waitFor();
  const before = await ann.log.boundingBox();
  for (const each of crowd) each.send({ type: 'typing', room: 'general', typing: true });
  await ann.page.getByText('are typing').waitFor();
  expect(await ann.log.boundingBox()).toEqual(before);
});

test('says without colours of its own what it says by colour', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const ann = await browser.join(server.url, 'Ann', { forcedColors: 'active', reducedMotion: 'reduce' });
  await ann.people.getByText('Bob', { exact: true }).waitFor();
  const look = (element: Locator) => element.screenshot();

  const room = ann.rooms.getByRole('button', { name: 'general' });
  const current = await look(room);
  await ann.openRoom('random');
  await expect.poll(() => look(room)).not.toEqual(current);
  await ann.openRoom('general');

  await ann.composer.pressSequentially('/');
  const option = ann.page.getByRole('option').first();
  const active = await look(option);
  await ann.page.keyboard.press('ArrowDown');
  await expect.poll(() => look(option)).not.toEqual(active);
  await ann.composer.fill('');

  await ann.click('Notifications');
  const sound = ann.page.getByRole('switch', { name: 'Soft sound' });
  const off = await look(sound);
  await sound.click();
  await sound.evaluate((element) => element.blur());
  await expect.poll(() => look(sound)).not.toEqual(off);
  await ann.page.keyboard.press('Escape');

  const avatar = ann.people.getByRole('listitem').filter({ hasText: 'Bob' }).locator('.avatar');
  const online = await look(avatar);
  bob.socket.terminate();
  await server.untilAway(await server.user('Cy'), 'Bob');
  await ann.page.reload();
  await ann.people.getByText('away').waitFor();
  await expect.poll(() => look(avatar)).not.toEqual(online);
});

test('shows private conversations however many rooms there are', async () => {
  const server = await startServer({ MAX_ROOMS_PER_USER: 400 });
  const bob = await server.user('Bob');
  for (let i = 0; i < 300; i++) bob.send({ type: 'join', room: `room-${i}` });
  await bob.settle();
  const ann = await browser.join(server.url, 'Ann', { viewport: { width: 1280, height: 600 } });
  await ann.rooms.getByText('room-299').waitFor({ state: 'attached' });
  await bob.ask({ type: 'pm', to: 'Ann', text: 'psst' });
  const row = ann.privates.getByRole('button', { name: 'Bob 1 new' });
  await row.waitFor();
  const box = await row.boundingBox();
  expect((box?.y ?? 600) + (box?.height ?? 0)).toBeLessThan(600);
  expect((await ann.rooms.boundingBox())?.height).toBeGreaterThan(150);
  await ann.rooms.getByRole('button', { name: 'room-299' }).click();
  await ann.isIn('room-299');
});
