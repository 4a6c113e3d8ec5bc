import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror="alert(1)">',
  '<svg onload=alert(1)>',
  '"><iframe srcdoc="<script>parent.alert(1)</script>">',
  '<style>*{display:none}</style>',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '&lt;b&gt; &amp; <b>bold</b>',
];

test('shows markup in messages as text and runs none of it', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const bob = await browser.join(url, 'Bob');

  for (const text of HOSTILE) await bob.say(text);
  await bob.say(`/me ${HOSTILE[0]}`);
  const expected = [...HOSTILE, `* Bob ${HOSTILE[0]}`];
  await expect.poll(() => ann.texts()).toEqual(expected);
  await expect.poll(() => bob.texts()).toEqual(expected);
  expect(await ann.log.locator('script, iframe, style, svg, img, b').count()).toBe(0);

  await bob.say(`/pm Ann ${HOSTILE[1]}`);
  const news = ann.page.getByRole('status', { name: 'News' });
  await news.getByText(HOSTILE[1] ?? '', { exact: true }).click();
  await ann.isIn('Bob');
  expect(await ann.texts()).toEqual([HOSTILE[1]]);
  expect(await ann.page.locator('img[src=x], main script').count()).toBe(0);
});

test('shows markup in names, rooms and errors as text and runs none of it', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  await browser.join(url, '<img src=x onerror=alert(1)>');
  await ann.people.getByText('_img_src_x_onerror_a', { exact: true }).waitFor();

  await ann.page.getByRole('textbox', { name: 'Room name' }).fill('<img src=x>');
  await ann.click('Create room');
  await ann.isIn('_img_src_x_');
  await ann.say('/<img src=x onerror=alert(1)>');
  await ann.page.getByRole('alert').getByText('<img').waitFor();
  expect(await ann.page.locator('img[src=x], main script').count()).toBe(0);
});
