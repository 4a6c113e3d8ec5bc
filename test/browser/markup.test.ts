import { describe, expect, test } from 'vitest';
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

describe('script injected through a message or a name', () => {
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
});

test('lets nothing through that could run: no markup from text, no code from text, nothing from elsewhere', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url);
  ann.expected = /policy|Trusted|TrustedHTML|Content Security/i;
  const origins = new Set<string>();
  ann.page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await ann.page.reload();
  await ann.join('Ann');
  await ann.click('Emoji');
  await ann.page.getByRole('option').first().waitFor();
  await ann.page.keyboard.press('Escape');
  expect([...origins]).toEqual([new URL(url).origin]);

  const attempts = {
    innerHTML: `document.createElement('p').innerHTML = '<b>x</b>'`,
    write: `document.write('<b>x</b>')`,
    'script text': `document.createElement('script').text = 'window.ran = 1'`,
    'a handler as text': `document.createElement('img').setAttribute('onerror', 'window.ran = 1')`,
    policy: `trustedTypes.createPolicy('any', { createHTML: (html) => html })`,
  };
  for (const [what, attempt] of Object.entries(attempts)) {
    const outcome = await ann.page.evaluate(
      `(() => { try { ${attempt}; return 'done'; } catch { return 'refused'; } })()`,
    );
    expect({ [what]: outcome }).toEqual({ [what]: 'refused' });
  }
  await ann.page.evaluate(`fetch('http://127.0.0.1:1/').catch(() => {})`);
  expect(ann.complaints.filter((each) => each.includes('connect-src'))).not.toEqual([]);
});
