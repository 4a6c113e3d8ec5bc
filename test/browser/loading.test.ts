import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { holdBack } from '../support/hold-back.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

test('says that earlier messages are being loaded, until they are here', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  for (let i = 1; i <= 60; i++) await bob.say('general', `line ${i}`);
  const ann = await browser.open(server.url);
  const history = await holdBack(ann.page, 'history');
  await ann.join('Ann');
  await ann.sees('line 60');
  expect(await ann.log.getByText('line 10', { exact: true }).count()).toBe(0);
  await ann.log.evaluate((log) => log.scrollTo(0, 0));
  await ann.page.getByRole('button', { name: 'Loading earlier messages…' }).waitFor();
  history.release();
  await ann.sees('line 10');
  await ann.page.getByRole('button', { name: 'Loading earlier messages…' }).waitFor({ state: 'hidden' });
  await ann.page.getByText('Welcome to #general').waitFor({ state: 'attached' });
});

test('shows the shape of what is to come where nothing is here yet, and then that there is nothing', async () => {
  const server = await startServer();
  const ann = await browser.join(server.url, 'Ann');
  await ann.openRoom('random');
  const history = await holdBack(ann.page, 'history');
  await ann.page.reload();
  await ann.isConnected();
  await ann.page.getByText('Loading messages…').waitFor({ state: 'attached' });
  await expect.poll(() => ann.log.locator('.bar').first().isVisible()).toBe(true);
  const bars = await ann.log
    .locator('.bar')
    .evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().width));
  expect(Math.min(...bars)).toBeGreaterThan(100);
  history.release();
  await ann.page.getByText('Nothing has been said here yet.').waitFor();
  await expect.poll(() => ann.log.locator('.bar').count()).toBe(0);
});

test('tells the one who has joined too early that it is still connecting', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url);
  const greeting = await holdBack(ann.page, 'connected');
  await ann.page.getByRole('textbox', { name: 'Username' }).fill('Ann');
  await ann.click('Join chat');
  await ann.status('Connecting…');
  const button = ann.page.getByRole('button', { name: 'Join chat' });
  await expect.poll(() => button.isDisabled()).toBe(true);
  await expect.poll(() => button.getAttribute('aria-busy')).toBe('true');
  greeting.release();
  await ann.isConnected();
  await ann.composer.waitFor();
});

test('tells the one who joins without a network what is in the way, and lets them in when it is there', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url);
  ann.expected = /net::ERR_INTERNET_DISCONNECTED/;
  await ann.page.context().setOffline(true);
  await ann.page.getByRole('textbox', { name: 'Username' }).fill('Ann');
  await ann.click('Join chat');
  await ann.status('You are offline');
  await ann.page.getByRole('alert').getByText('As soon as there is a network, you are in.').waitFor();
  await ann.page.context().setOffline(false);
  await ann.isConnected();
  await ann.composer.waitFor();
});
