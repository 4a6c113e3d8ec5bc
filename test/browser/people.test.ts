import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { SteppedClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';
import { WINDOWS } from '../support/views.ts';

const browser = useBrowser();

test('says why a name is refused', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url);
  await ann.click('Join chat');
  await ann.page.getByRole('alert').getByText('Please choose a name.').waitFor();
  await ann.page.keyboard.type('A');
  await ann.page.getByRole('alert').getByText('Please choose a name.').waitFor({ state: 'hidden' });
  await ann.page.keyboard.press('Enter');
  await ann.page.getByRole('alert').getByText('A name has at least 2 characters.').waitFor();
  await ann.page.keyboard.type('nn');
  await ann.page.keyboard.press('Enter');
  await ann.isIn('general');
});

test('takes a name of any length', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url);
  await ann.page.getByRole('textbox', { name: 'Username' }).focus();
  await ann.page.keyboard.insertText('n'.repeat(100_000));
  await ann.page.keyboard.press('Enter');
  await ann.log.getByText('names have up to 20 letters').waitFor();
});

test('says why a name is changed', async () => {
  const server = await startServer();
  await server.user('Ann');
  const ann = await browser.join(server.url, 'Ann');
  await ann.log.getByText(/^You are Ann\d+ here: the name Ann is taken\.$/).waitFor();
  const bob = await browser.join(server.url, 'Bob the 1st');
  await bob.log.getByText('You are Bob_the_1st here: names have').waitFor();
});

test('lists joined rooms first, with what is unread and a mark where one is named', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const ann = await browser.join(server.url, 'Ann');
  await ann.openRoom('random');
  await expect
    .poll(() => ann.rooms.locator('.name').allTextContents())
    .toEqual(['general', 'random', 'help']);
  await bob.say('general', 'hello');
  await ann.rooms.getByRole('button', { name: 'general 1 new' }).waitFor();
  await bob.say('general', 'hello @Ann');
  await ann.rooms.getByRole('button', { name: 'general mentions you 2 new' }).waitFor();
  await ann.openRoom('general');
  await ann.rooms.getByRole('button', { name: 'general 2 people, joined' }).waitFor();
});

test('lists private conversations with what is unread; a click on a person opens one', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const ann = await browser.join(server.url, 'Ann');
  bob.send({ type: 'pm', to: 'Ann', text: 'psst' });
  await ann.privates.getByRole('button', { name: 'Bob 1 new' }).waitFor();
  await ann.people.getByRole('button', { name: 'Bob' }).click();
  await ann.isIn('Bob');
  await ann.sees('psst');
  await ann.page.getByText('Only you and Bob read this.').waitFor();
  await ann.privates.getByText('1 new').waitFor({ state: 'hidden' });
});

test('shows who is typing and who is away in the list, in colours that stay', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const ann = await browser.join(server.url, 'Ann');
  const person = ann.people.getByRole('listitem').filter({ hasText: 'Bob' });
  bob.send({ type: 'typing', room: 'general', typing: true });
  await person.getByText('typing…').waitFor();
  bob.send({ type: 'typing', room: 'general', typing: false });
  await person.getByText('typing…').waitFor({ state: 'hidden' });
  const hue = () => person.locator('.avatar').evaluate((disc) => disc.getAttribute('style'));
  const before = await hue();
  expect(before).toContain('--hue');
  bob.socket.terminate();
  await server.untilAway(await server.user('Cy'), 'Bob');
  await ann.page.reload();
  await person.getByText('away').waitFor();
  await expect.poll(() => hue()).toBe(before);
});

test('shows the server in numbers, and messages a minute as a line', async () => {
  const clock = new SteppedClock();
  const server = await startServer({}, { clock });
  const bob = await server.user('Bob');
  const ann = await browser.join(server.url, 'Ann');
  const panel = ann.page.locator('server-panel');
  const chart = panel.getByRole('img');
  await panel.locator('.online').getByText('2', { exact: true }).waitFor();
  await panel.locator('.rooms').getByText('3', { exact: true }).waitFor();
  await panel.locator('.messages').getByText('0', { exact: true }).waitFor();
  await bob.say('general', 'one');
  await bob.say('general', 'two');
  clock.increment(10_000);
  await panel.locator('.messages').getByText('2', { exact: true }).waitFor();
  await panel.locator('.rate').getByText('12', { exact: true }).waitFor();
  await panel.locator('.uptime').getByText('10 s', { exact: true }).waitFor();
  clock.increment(10_000);
  await panel.locator('.rate').getByText('0', { exact: true }).waitFor();
  await expect
    .poll(() => chart.getAttribute('aria-label'))
    .toBe('Messages a minute: 0 now, 12 at most in the last minutes');
  expect(await chart.locator('.line').getAttribute('d')).toMatch(/^M[\d. ]+L[\d. ]+$/);
});

test('a drawer takes the focus, keeps it and gives it back', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann', WINDOWS.phone);
  const isInside = () =>
    ann.page.evaluate(`document.activeElement === document.body ||
    document.activeElement.closest('#rooms-panel') !== null`);
  const focused = () =>
    ann.page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.textContent');
  await ann.click('Rooms');
  await ann.page.getByRole('dialog', { name: 'Conversations' }).waitFor();
  await expect.poll(() => focused()).toBe('Close rooms');
  for (let i = 0; i < 12; i++) {
    await ann.page.keyboard.press('Tab');
    expect(await isInside()).toBe(true);
  }
  await ann.page.keyboard.press('Escape');
  await ann.rooms.waitFor({ state: 'hidden' });
  await expect.poll(() => focused()).toBe('Rooms');
  await ann.click('Rooms');
  await ann.page.locator('.scrim').click({ position: { x: 370, y: 400 } });
  await ann.rooms.waitFor({ state: 'hidden' });
  await expect.poll(() => focused()).toBe('Rooms');
});

test('nothing jumps while one joins and talks, and controls are 24 pixels at least', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  for (const [name, window] of Object.entries(WINDOWS)) {
    const ann = await browser.open(server.url, window);
    await ann.page.evaluate(`window.shifts = 0; new PerformanceObserver((list) => {
      for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifts += each.value;
    }).observe({ type: 'layout-shift', buffered: true })`);
    await ann.join('Ann');
    await bob.say('general', `hello on ${name}`);
    await ann.sees(`hello on ${name}`);
    expect(await ann.page.evaluate('window.shifts')).toBeLessThan(0.1);
    const small = await ann.page.evaluate(`[...document.querySelectorAll('button')]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }))
      .filter((each) => each.offsetWidth < 24 || each.offsetHeight < 24).map((each) => each.outerHTML)`);
    expect(small).toEqual([]);
    await ann.page.context().close();
  }
});

test('shows within ten seconds that somebody went away, and that they came back', async () => {
  const clock = new SteppedClock();
  const server = await startServer({}, { clock });
  const [bob, watcher] = await server.users('Bob', 'Watcher');
  const ann = await browser.join(server.url, 'Ann');
  const row = ann.people.getByRole('listitem').filter({ hasText: 'Bob' });
  await row.waitFor();
  expect(await row.getByText('away').count()).toBe(0);

  bob.socket.terminate();
  await server.untilAway(watcher, 'Bob');
  await clock.pass(10_000, watcher);
  await row.getByText('away').waitFor();

  await server.resume(bob);
  await clock.pass(10_000, watcher);
  await row.getByText('away').waitFor({ state: 'hidden' });
});
