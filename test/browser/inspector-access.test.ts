import { expect, test } from 'vitest';
import { hello, list, rows } from '../inspector/frames.ts';
import { useBrowser } from '../support/browser.ts';
import { openWithFakeFeed } from '../support/inspector-page.ts';

const browser = useBrowser();

const greeting = [hello(), list([['x:1', 'room:general', 'occupied']])];

test('says that the inspector is off and how to turn it on', async () => {
  const { inspector, feed } = await openWithFakeFeed(browser, greeting, { refusal: [404] });
  inspector.expected = /404/;
  await inspector.page.getByRole('heading', { name: 'The inspector is off' }).waitFor();
  await inspector.page.getByText('npm start -- --inspect').waitFor();
  await expect.poll(() => inspector.list.isVisible()).toBe(false);
  feed.admit();
  await inspector.click('Try again');
  await inspector.actor('general').waitFor();
});

test('says why it is refused, and takes a token', async () => {
  const { inspector, feed } = await openWithFakeFeed(browser, greeting, {
    refusal: [403, 'A token is needed'],
  });
  inspector.expected = /403/;
  await inspector.page.getByRole('alert').getByText('A token is needed').waitFor();
  await inspector.page.getByLabel('Token').fill('s3 cret');
  feed.admit();
  await inspector.click('Use this token');
  await inspector.actor('general').waitFor();
  expect(feed.attempts.at(-1)).toMatch(/\/ws\/inspect\?list=&token=s3\+cret$/);
  await inspector.page.reload();
  await inspector.actor('general').waitFor();
  expect(feed.attempts.at(-1)).toMatch(/token=s3\+cret$/);
});

test('takes the token out of the address', async () => {
  const { inspector, feed } = await openWithFakeFeed(browser, greeting, { path: '/inspector#token=abc%2F1' });
  await inspector.actor('general').waitFor();
  expect(inspector.page.url()).toMatch(/\/inspector$/);
  expect(feed.attempts).toEqual([expect.stringMatching(/\?list=&token=abc%2F1$/)]);
});

test('comes back by itself when the connection is lost, and goes on with what it was shown', async () => {
  const { inspector, feed } = await openWithFakeFeed(browser, greeting);
  inspector.expected = /503|426/;
  await inspector.choose('general');
  feed.send(rows([['x:2', 'room:attic', 'empty']]));
  await inspector.actor('attic').waitFor();
  feed.greetWith(
    hello('second'),
    list([
      ['y:1', 'room:general', 'empty'],
      ['y:2', 'session:Ann', 'online'],
    ]),
  );
  feed.refuse(503, 'Server is going away');
  await inspector.status('Reconnecting…');
  await inspector.actor('attic').waitFor();
  feed.admit();
  await inspector.status('Connected');
  await inspector.page.getByText('Room · empty').waitFor();
  await expect.poll(() => inspector.rows()).toEqual(['general empty', 'Ann online']);
  expect(feed.subscriptions).toHaveLength(2);
});

test('says that the server does not answer, and keeps trying', async () => {
  const { inspector, feed } = await openWithFakeFeed(browser, greeting, { refusal: [500] });
  inspector.expected = /500|426/;
  await inspector.page.getByRole('heading', { name: 'The server does not answer' }).waitFor();
  feed.admit();
  await inspector.actor('general').waitFor();
});
