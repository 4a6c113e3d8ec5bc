import { expect, test } from 'vitest';
import { commands as served } from '../../src/commands/registry.ts';
import { type ChatPage, useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

test('writes several lines with Shift+Enter', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const bob = await browser.join(url, 'Bob');
  await ann.composer.pressSequentially('one');
  await ann.composer.press('Shift+Enter');
  await ann.composer.pressSequentially('two');
  await ann.composer.press('Enter');
  await expect.poll(() => bob.texts()).toEqual(['one\ntwo']);
  await expect.poll(() => ann.composer.inputValue()).toBe('');
});

test('recalls with the up-arrow what one sent, also after a reload', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  for (const text of ['first', 'second']) {
    await ann.say(text);
    await ann.sees(text);
  }
  await ann.composer.fill('begun');
  await ann.composer.press('ArrowUp');
  await expect.poll(() => ann.composer.inputValue()).toBe('begun');
  await ann.composer.fill('');
  for (const [key, text] of [
    ['ArrowUp', 'second'],
    ['ArrowUp', 'first'],
    ['ArrowUp', 'first'],
    ['ArrowDown', 'second'],
    ['ArrowDown', ''],
  ] as const) {
    await ann.composer.press(key);
    await expect.poll(() => ann.composer.inputValue()).toBe(text);
  }
  await ann.page.reload();
  await ann.isConnected();
  await ann.composer.press('ArrowUp');
  await expect.poll(() => ann.composer.inputValue()).toBe('second');
  await ann.composer.press('Enter');
  await expect.poll(() => ann.texts()).toEqual(['first', 'second', 'second']);
});

test('shows whoever comes next in a tab nothing of what was sent or begun before', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  await ann.say('between us');
  await ann.sees('between us');
  await ann.composer.fill('not yet said');
  await ann.click('Log out');
  await ann.status('Not connected');
  await ann.join('Bob');
  await expect.poll(() => ann.composer.inputValue()).toBe('');
  await ann.composer.press('ArrowUp');
  await expect.poll(() => ann.composer.inputValue()).toBe('');
});

test('counts the characters down near the limit', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const counter = ann.page.locator('.counter');
  await ann.composer.fill('x'.repeat(1_799));
  await expect.poll(() => counter.textContent()).toBe('');
  await ann.composer.fill('😀'.repeat(1_990));
  await expect.poll(() => counter.textContent()).toBe('10 left');
  await expect.poll(() => ann.composer.getAttribute('aria-invalid')).toBe(null);
  await ann.composer.fill('x'.repeat(2_003));
  await expect.poll(() => counter.textContent()).toBe('3 too many');
  await expect.poll(() => ann.composer.getAttribute('aria-invalid')).toBe('true');
  await ann.composer.fill('x'.repeat(2_000));
  await ann.composer.press('Enter');
  await expect.poll(() => ann.texts()).toEqual(['x'.repeat(2_000)]);
  await expect.poll(() => counter.textContent()).toBe('');
});

test('opens the list of commands at a slash, and shows help in place', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  await ann.composer.pressSequentially('/');
  await expect.poll(() => options(ann)).toEqual(served.map(({ usage, summary }) => usage + summary));
  await expect.poll(() => active(ann)).toContain('/help');
  await ann.composer.press('ArrowDown');
  await expect.poll(() => active(ann)).toContain('/rooms');
  await ann.composer.press('ArrowUp');
  await ann.composer.press('ArrowUp');
  await expect.poll(() => active(ann)).toContain('/me');
  await ann.composer.press('Escape');
  await list(ann).waitFor({ state: 'hidden' });
  expect(await ann.composer.inputValue()).toBe('/');

  await ann.composer.pressSequentially('jo');
  await ann.composer.press('Tab');
  await expect.poll(() => ann.composer.inputValue()).toBe('/join ');
  await ann.page.getByText('/join <room> joins a room').waitFor();
  await ann.composer.pressSequentially('attic');
  await ann.composer.press('Enter');
  await ann.isIn('attic');

  await ann.composer.pressSequentially('/he');
  await ann.composer.press('Enter');
  await expect.poll(() => ann.composer.inputValue()).toBe('/help');
  await ann.composer.press('Enter');
  await ann.log.getByText('/pm <user> <message>').waitFor();
  await list(ann).waitFor({ state: 'hidden' });
});

test('opens the list of people at an @, for mouse and keyboard', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  await browser.join(url, 'Bob');
  await browser.join(url, 'Bo');
  await ann.people.getByText('Bob', { exact: true }).waitFor();
  await ann.people.getByText('Bo', { exact: true }).waitFor();

  await ann.composer.pressSequentially('mail a@b');
  await expect.poll(() => list(ann).isVisible()).toBe(false);
  await ann.composer.fill('');
  await ann.composer.pressSequentially('hello (@bO');
  await expect.poll(() => options(ann)).toEqual(['BBo', 'BBob']);
  await ann.composer.press('ArrowDown');
  await ann.composer.press('Enter');
  await expect.poll(() => ann.composer.inputValue()).toBe('hello (@Bob ');
  await ann.composer.pressSequentially('and @');
  await list(ann).getByRole('option').filter({ hasText: /^BBo$/ }).click();
  await ann.composer.press('Enter');
  await expect.poll(() => ann.texts()).toEqual(['hello (@Bob and @Bo']);

  await ann.composer.pressSequentially('@Bob');
  await ann.composer.press('Enter');
  await expect.poll(() => ann.texts()).toEqual(['hello (@Bob and @Bo', '@Bob']);
});

test('picks emoji with the keyboard alone, from an own list', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const { keyboard } = ann.page;
  const picker = ann.page.getByRole('dialog', { name: 'Emoji' });
  await ann.composer.pressSequentially('so ');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await picker.getByRole('option', { name: 'grinning face', exact: true }).waitFor();
  await keyboard.type('rocket');
  await picker.getByRole('option', { name: 'grinning face', exact: true }).waitFor({ state: 'hidden' });
  await keyboard.press('Enter');
  await picker.waitFor({ state: 'hidden' });
  await expect.poll(() => ann.composer.inputValue()).toBe('so 🚀');

  await ann.click('Emoji');
  await picker.getByRole('option').first().waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await expect.poll(() => ann.composer.inputValue()).toBe('so 🚀😃');
  await keyboard.press('Enter');
  await expect.poll(() => ann.texts()).toEqual(['so 🚀😃']);

  await ann.click('Emoji');
  await picker.getByRole('button', { name: 'Food & Drink' }).click();
  await picker.getByRole('option', { name: 'grapes' }).click();
  await expect.poll(() => ann.composer.inputValue()).toBe('🍇');

  await ann.click('Emoji');
  await keyboard.type('nothing is called like this');
  await picker.getByText('No emoji like that.').waitFor();
  await keyboard.press('Escape');
  await picker.waitFor({ state: 'hidden' });
  await expect.poll(() => ann.page.evaluate('document.activeElement.ariaLabel')).toBe('Emoji');
});

function list({ page }: ChatPage) {
  return page.getByRole('listbox', { name: 'Suggestions' });
}

async function options(person: ChatPage): Promise<string[]> {
  await list(person).waitFor();
  return list(person).getByRole('option').allTextContents();
}

/** What the textbox says is the active option. */
async function active({ composer, page }: ChatPage): Promise<string | null> {
  const id = await composer.getAttribute('aria-activedescendant');
  const option = page.locator(`[id="${id}"]`);
  expect(await option.getAttribute('aria-selected')).toBe('true');
  return option.textContent();
}
