import { expect, test } from 'vitest';
import { type ChatPage, useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

test('groups what one author says, and gives each line its exact time', async () => {
  const server = await startServer();
  const [bob, cy] = await server.users('Bob', 'Cy');
  const ann = await browser.join(server.url, 'Ann');
  await bob.say('general', 'one');
  await bob.say('general', 'two');
  await cy.say('general', 'three');
  await bob.ask({ type: 'message', room: 'general', text: '/me bows' });
  await bob.say('general', 'four');
  await ann.sees('four');

  expect(await ann.log.locator('.author').allTextContents()).toEqual(['Bob', 'Cy', 'Bob']);
  expect(await ann.log.locator('.message .avatar').count()).toBe(3);
  // Who listens hears the author of each.
  expect(await ann.log.locator('.goes-on .visually-hidden').allTextContents()).toEqual(['Bob']);
  expect(await ann.log.locator('.day').allTextContents()).toEqual(['Today']);

  const two = ann.log.locator('.goes-on', { hasText: 'two' });
  const time = two.locator('time');
  await ann.page.mouse.move(0, 0);
  await expect.poll(() => styleOf(ann, '.goes-on time', 'opacity')).toBe('0');
  await two.hover();
  await expect.poll(() => styleOf(ann, '.goes-on time', 'opacity')).toBe('1');
  expect(await time.getAttribute('title')).toMatch(/\d{4}.*\d{1,2}:\d{2}:\d{2}/);
});

test('parts the days', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url);
  await ann.page.clock.install({ time: Date.now() });
  await ann.join('Ann');
  await ann.say('today');
  await ann.sees('today');
  await ann.page.clock.setSystemTime(Date.now() + 86_400_000);
  await ann.say('hm');
  await ann.log.getByText('Yesterday', { exact: true }).waitFor();
  await ann.page.clock.setSystemTime(Date.now() + 3 * 86_400_000);
  await ann.say('hm again');
  await ann.log.getByText(/^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, /).waitFor();
});

test('sets apart actions, the words of the system and the answers to commands', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  await ann.createRoom('attic');
  await ann.say('/me waves to @Bob');
  await ann.sees('* Ann waves to @Bob');
  await ann.say('/help');
  await ann.log.getByText('/join <room>').waitFor();

  expect(await styleOf(ann, '.action .text', 'font-style')).toBe('italic');
  expect(await ann.log.locator('.action .at').allTextContents()).toEqual(['@Bob']);
  expect(await ann.log.locator('.system .text').first().textContent()).toBe('Ann created the room');
  expect(await styleOf(ann, '.system', 'color')).not.toBe(await styleOf(ann, '.action', 'color'));
  expect(await styleOf(ann, '.answer .text', 'font-family')).toContain('monospace');
});

test('makes links of addresses of the web, and of nothing else', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const texts = [
    'see https://example.com/a?b=<c>&d (or http://example.com/x_(y)).',
    'javascript:alert(1) data:text/html,<b>x</b> vbscript:x ftp://example.com file:///etc/passwd https://',
    '<a href="https://example.com/in-markup" onclick=alert(1)>click</a>',
    'https://javascript:alert(1)@example.com',
  ];
  for (const text of texts) await ann.say(text);
  await expect.poll(() => ann.texts()).toEqual(texts);
  const links = ann.log.locator('a');
  expect(await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')))).toEqual([
    'https://example.com/a?b=',
    'http://example.com/x_(y)',
    'https://example.com/in-markup',
    'https://javascript:alert(1)@example.com/',
  ]);
  for (const link of await links.all()) {
    expect(await link.getAttribute('rel')).toMatch(/noopener noreferrer/);
    expect(await link.getAttribute('target')).toBe('_blank');
    expect(await link.getAttribute('onclick')).toBeNull();
  }
});

test('shows mentions, code and line breaks', async () => {
  const server = await startServer();
  const [bob] = await server.users('Bob');
  const ann = await browser.join(server.url, 'Ann');
  await bob.say('general', 'hello @ann and @Cy, not mail@ann.example');
  await bob.say(
    'general',
    'run `rm <b>@Cy</b>` or\n```js\nlet a = 1;\n  <i>https://example.com</i>\n```\nthen rest',
  );
  await ann.log.getByText('then rest').waitFor();

  expect(await ann.log.locator('.at').allTextContents()).toEqual(['@ann', '@Cy']);
  expect(await ann.log.locator('.at.me').allTextContents()).toEqual(['@ann']);
  expect(await ann.log.locator('.message.mention').count()).toBe(1);
  expect(await ann.log.locator('code').allTextContents()).toEqual([
    'rm <b>@Cy</b>',
    'let a = 1;\n  <i>https://example.com</i>',
  ]);
  expect(await ann.log.locator('.text b, .text i, .text a').count()).toBe(0);
  const height = (text: string) =>
    ann.log.getByText(text).evaluate((element) => element.getBoundingClientRect().height);
  await bob.say('general', 'first\nsecond\nthird');
  await ann.log.getByText('third').waitFor();
  expect(await height('first')).toBeGreaterThan(2.5 * (await height('hello')));
});

test('holds huge words and the other writing direction inside their lines, on a phone too', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann', { viewport: { width: 320, height: 568 } });
  const texts = [
    'W'.repeat(1_900),
    `https://example.com/${'x'.repeat(400)}`,
    `\`${'c'.repeat(300)}\``,
    `\`\`\`${'f'.repeat(300)}\`\`\``,
    `@${'n'.repeat(300)}`,
    'שלום עולם https://example.com/א',
    'مرحبا @Ann',
    'a\u202Ereversed',
    '👩‍👩‍👧‍👦'.repeat(60),
    'Z̸̧̢̛̗'.repeat(100),
  ];
  for (const text of texts) await ann.say(text);
  await expect.poll(() => ann.log.locator('.message:not(.pending)').count()).toBe(texts.length);
  const wide = await ann.log.evaluate((log) =>
    [log, ...log.querySelectorAll('.text, .body')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.textContent?.slice(0, 30)),
  );
  expect(wide).toEqual([]);
  expect(await styleOf(ann, '.text:has-text("שלום")', 'direction')).toBe('rtl');
  expect(await styleOf(ann, '.text:has-text("reversed")', 'direction')).toBe('ltr');
});

test('shows where one is in an empty room, and in an empty exchange', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  await browser.join(url, 'Bob');
  await ann.openRoom('random');
  await ann.log.getByText('Welcome to #random').waitFor();
  await ann.log.getByText('Nothing has been said here yet').waitFor();
  await ann.say('first');
  await ann.log.getByText('The conversation begins here').waitFor();
  await ann.openRoom('general');
  await ann.people.getByRole('button', { name: 'Bob' }).click();
  await ann.log.getByText('Only the two of you').waitFor();
});

/** Of the first that matches. */
function styleOf({ log }: ChatPage, selector: string, property: string): Promise<string> {
  const element = log.locator(selector).first();
  return element.evaluate(
    (each, name) => each.ownerDocument.defaultView.getComputedStyle(each)[name],
    property,
  );
}
