import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { type ChatPage, useBrowser } from '../support/browser.ts';
import { layPageLine } from '../support/page-line.ts';
import { startServer } from '../support/server.ts';
import { WINDOWS } from '../support/views.ts';

// Taking a private conversation off the list.

const browser = useBrowser();

test('is done with the mouse, and a new message brings it back with its lines', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const ann = await browser.join(server.url, 'Ann');
  await bob.ask({ type: 'pm', to: 'Ann', text: 'first' });
  await row(ann, 'Bob 1 new').click();
  await ann.isIn('Bob');
  await ann.composer.fill('half an answer');
  await ann.openRoom('random');
  await ann.composer.focus();

  const before = await row(ann, 'Bob').boundingBox();
  await row(ann, 'Bob').hover();
  expect(await row(ann, 'Bob').boundingBox()).toEqual(before);
  await cross(ann, 'Bob').click();
  await row(ann, 'Bob').waitFor({ state: 'detached' });
  await ann.page.getByText('Choose someone under People').waitFor();
  await ann.isIn('random');
  await hasFocus(ann.composer);

  await bob.ask({ type: 'pm', to: 'Ann', text: 'second' });
  await row(ann, 'Bob 1 new').click();
  await ann.sees('second');
  await expect.poll(() => ann.texts()).toEqual(['first', 'second']);
  await expect.poll(() => ann.composer.inputValue()).toBe('half an answer');

  // The one that is shown gives way to the first room.
  await cross(ann, 'Bob').click();
  await ann.isIn('general');
  await row(ann, 'Bob').waitFor({ state: 'detached' });
  await ann.people.getByRole('button', { name: 'Bob' }).click();
  await ann.isIn('Bob');
  await expect.poll(() => ann.texts()).toEqual(['first', 'second']);
});

test('is done with the keyboard, and the focus goes on in the list', async () => {
  const server = await startServer();
  const people = await server.users('Bob', 'Cy', 'Di');
  const ann = await browser.join(server.url, 'Ann');
  for (const each of people) {
    await each.ask({ type: 'pm', to: 'Ann', text: 'psst' });
  }
  await row(ann, 'Di').waitFor();
  const { keyboard } = ann.page;
  await row(ann, 'Cy').focus();
  await keyboard.press('Tab');
  await hasFocus(cross(ann, 'Cy'));
  await keyboard.press('Enter');
  await row(ann, 'Cy').waitFor({ state: 'detached' });
  await hasFocus(row(ann, 'Di'));
  await expect.poll(() => ann.page.title()).toContain('(2)');
  await keyboard.press('Tab');
  await keyboard.press('Space');
  await row(ann, 'Di').waitFor({ state: 'detached' });
  await hasFocus(row(ann, 'Bob'));
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await hasFocus(ann.page.getByRole('button', { name: 'Find a room or person' }));
  await expect.poll(() => ann.page.title()).not.toContain('(');
});

test('is done by touch, and the drawer stays open', async () => {
  const server = await startServer();
  const [bob, cy] = await server.users('Bob', 'Cy');
  const ann = await browser.join(server.url, 'Ann', WINDOWS.phone);
  await bob.ask({ type: 'pm', to: 'Ann', text: 'psst' });
  await cy.ask({ type: 'pm', to: 'Ann', text: 'psst' });
  await ann.page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Rooms' }).tap();
  await row(ann, 'Cy').waitFor();
  // Nothing hovers there, so it shows at once.
  await expect
    .poll(() => ann.page.evaluate(`getComputedStyle(document.querySelector('.dismiss')).opacity`))
    .toBe('1');
  await cross(ann, 'Bob').tap();
  await row(ann, 'Bob').waitFor({ state: 'detached' });
  await expect.poll(() => row(ann, 'Cy').isVisible()).toBe(true);
  await cross(ann, 'Cy').tap();
  await row(ann, 'Cy').waitFor({ state: 'detached' });
  await expect.poll(() => ann.rooms.isVisible()).toBe(true);
});

test('outlives a reload, until the next message', async () => {
  const server = await startServer();
  const [bob, cy] = await server.users('Bob', 'Cy');
  const ann = await browser.join(server.url, 'Ann');
  await bob.ask({ type: 'pm', to: 'Ann', text: 'first' });
  await cy.ask({ type: 'pm', to: 'Ann', text: 'psst' });
  await row(ann, 'Cy 1 new').waitFor();
  await cross(ann, 'Bob').click();
  await row(ann, 'Bob').waitFor({ state: 'detached' });
  await ann.page.reload();
  await row(ann, 'Cy').waitFor();
  expect(await row(ann, 'Bob').count()).toBe(0);
  await bob.ask({ type: 'pm', to: 'Ann', text: 'second' });
  await row(ann, 'Bob 1 new').click();
  await ann.sees('second');
  await expect.poll(() => ann.texts()).toEqual(['first', 'second']);
});

test.each(['wide', 'phone'] as const)(
  'waits until nothing is left to send there, and says so, %s',
  async (size) => {
    const server = await startServer();
    const bob = await server.user('Bob');
    const ann = await browser.open(server.url, WINDOWS[size]);
    const line = await layPageLine(ann.page);
    await ann.join('Ann');
    await ann.say('/pm Nobody hello?');
    await ann.log.getByText('Not sent: User not found').waitFor();
    await ann.say('/pm Bob psst');
    await bob.next('pm', { text: 'psst' });
    await ann.isIn('Bob');
    await ann.sees('psst');
    await ann.log.getByText('Sending…').waitFor({ state: 'hidden' });
    line.cut();
    await ann.status('Reconnecting…');
    await ann.say('are you there?');
    await ann.log.getByText('Sending…').waitFor();
    const words = ann.page.getByRole('alert').getByText('This conversation stays');

    for (const name of ['Nobody', 'Bob']) {
      await showRooms(ann, size);
      await ann.openRoom('general');
      await showRooms(ann, size);
      await cross(ann, name).click();
      await ann.isIn(name);
      await words.waitFor();
      await hasFocus(ann.composer);
    }
    line.mend();
    await ann.comesBack();
    await bob.next('pm', { text: 'are you there?' });
    await ann.log.getByText('Sending…').waitFor({ state: 'hidden' });
    await showRooms(ann, size);
    await cross(ann, 'Bob').click();
    await row(ann, 'Bob').waitFor({ state: 'detached' });
    await ann.isIn('general');
    expect(await row(ann, 'Nobody').isVisible()).toBe(true);
    await words.waitFor({ state: 'hidden' });
  },
);

/** The button that opens it. */
function row(person: ChatPage, name: string): Locator {
  return person.privates.getByRole('button', { name: new RegExp(`^${name}\\b`) });
}

function cross(person: ChatPage, name: string): Locator {
  return person.privates.getByRole('button', { name: `Close conversation with ${name}`, exact: true });
}

async function showRooms({ page }: ChatPage, size: 'wide' | 'phone'): Promise<void> {
  if (size === 'wide') return;
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Rooms' }).click();
}

function hasFocus(element: Locator): Promise<void> {
  return element.and(element.page().locator(':focus')).waitFor();
}
