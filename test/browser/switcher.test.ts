import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { type ChatPage, useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

test('goes to rooms and people by Ctrl+K and a few letters', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const bob = await browser.join(url, 'Bob');
  await bob.createRoom('attic');
  await ann.rooms.getByText('attic').waitFor();
  await ann.people.getByText('Bob', { exact: true }).waitFor();
  const { keyboard } = ann.page;

  await keyboard.press('Control+k');
  await switcher(ann).getByText('not joined').first().waitFor();
  await keyboard.type('#att');
  await option(ann, 'attic').waitFor();
  await keyboard.press('Enter');
  await ann.isIn('attic');
  await switcher(ann).waitFor({ state: 'hidden' });
  await keyboard.type('typed at once');
  await keyboard.press('Enter');
  await ann.sees('typed at once');

  await keyboard.press('Meta+k');
  await keyboard.type('bo');
  await option(ann, 'Bob').waitFor();
  await keyboard.press('Enter');
  await ann.isIn('Bob');

  await keyboard.press('Control+k');
  await option(ann, 'attic').waitFor();
  const first = await active(ann);
  await keyboard.press('ArrowDown');
  await expect.poll(() => active(ann)).not.toBe(first);
  await keyboard.press('ArrowUp');
  await expect.poll(() => active(ann)).toBe(first);
  await option(ann, 'general').click();
  await ann.isIn('general');
});

test('keeps the focus in the switcher and gives it back', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url);
  await ann.page.keyboard.press('Control+k');
  await ann.join('Ann');
  await expect.poll(() => switcher(ann).isVisible()).toBe(false);
  const { keyboard } = ann.page;
  await ann.rooms.getByRole('button', { name: 'random' }).focus();
  await keyboard.press('Control+k');
  const field = ann.page.getByRole('combobox', { name: 'Room or person' });
  await expect.poll(() => hasFocus(field)).toBe(true);
  await keyboard.type('nowhere at all');
  await switcher(ann).getByText('No room or person is called like that.').waitFor();
  await expect.poll(() => field.getAttribute('aria-expanded')).toBe('false');
  // What lies behind a modal dialog cannot be reached with Tab.
  for (let i = 0; i < 4; i++) {
    await keyboard.press('Tab');
    expect(await ann.page.evaluate(FOCUS_IS_WITHIN)).toBe(true);
  }
  await keyboard.press('Escape');
  await switcher(ann).waitFor({ state: 'hidden' });
  await expect.poll(() => hasFocus(ann.rooms.getByRole('button', { name: 'random' }))).toBe(true);
});

test('opens on a phone by a button among the rooms', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann', { viewport: { width: 360, height: 640 }, hasTouch: true });
  await ann.page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Rooms' }).tap();
  const button = ann.page.getByRole('button', { name: 'Find a room or person' });
  await expect.poll(() => button.getAttribute('title')).toContain('Ctrl+K');
  await button.tap();
  await option(ann, 'random').tap();
  await ann.isIn('random');
  await switcher(ann).waitFor({ state: 'hidden' });
  await ann.rooms.waitFor({ state: 'hidden' });
});

test('says what stands against a room where one is, also on a phone', async () => {
  const { url } = await startServer({ MAX_ROOMS_PER_USER: 1 });
  const ann = await browser.join(url, 'Ann', { viewport: { width: 360, height: 640 }, hasTouch: true });
  // What is inert or hidden has no role, so it is neither read aloud nor found.
  const refusal = ann.page.getByRole('alert').getByText('You are in too many rooms: at most 1');

  await ann.page.keyboard.press('Control+k');
  await option(ann, 'random').tap();
  await refusal.waitFor();
  await expect.poll(() => isInSight(refusal)).toBe(true);
  await ann.isIn('general');
  await ann.say('never mind');
  await refusal.waitFor({ state: 'hidden' });

  await ann.page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Rooms' }).tap();
  await ann.page.setViewportSize({ width: 360, height: 300 });
  await ann.page.getByRole('button', { name: 'Find a room or person' }).tap();
  await option(ann, 'random').tap();
  await refusal.waitFor();
  expect(await refusal.evaluate((element) => element.closest('#rooms-panel') !== null)).toBe(true);
  await expect.poll(() => isInSight(refusal)).toBe(true);
  await ann.page.keyboard.press('Escape');
  await ann.rooms.waitFor({ state: 'hidden' });
  await expect.poll(() => refusal.count()).toBe(0);
});

test('says on a phone why a room cannot be left', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url, { viewport: { width: 360, height: 640 } });
  await ann.page.routeWebSocket(/ws\/chat/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((data) => {
      const frame = JSON.parse(String(data));
      if (frame.type !== 'leave') server.send(data);
      else
        socket.send(JSON.stringify({ type: 'error', code: 'internal', message: 'Not now', ref: frame.ref }));
    });
  });
  await ann.join('Ann');
  await ann.say('/join attic');
  await ann.isIn('attic');
  await ann.click('Leave room');
  await ann.page.getByRole('alert').getByText('Not now').waitFor();
});

/** Within the window, whole. */
async function isInSight(element: Locator): Promise<boolean> {
  const box = await element.boundingBox();
  const window = element.page().viewportSize();
  return box !== null && window !== null && box.y >= 0 && box.y + box.height <= window.height;
}

/** Or in the browser itself; runs in the page, whose types are not ours: hence text. */
const FOCUS_IS_WITHIN = `document.activeElement === document.body || !!document.activeElement.closest('dialog')`;

async function hasFocus(element: Locator): Promise<boolean> {
  return (await element.and(element.page().locator(':focus')).count()) === 1;
}

function switcher({ page }: ChatPage) {
  return page.getByRole('dialog', { name: 'Go to a room or person' });
}

function option(person: ChatPage, name: string) {
  return switcher(person).getByRole('option').filter({ hasText: name });
}

async function active(person: ChatPage): Promise<string | null> {
  return switcher(person).locator('[aria-selected="true"]').textContent();
}
