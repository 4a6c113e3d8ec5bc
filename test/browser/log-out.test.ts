import { expect, test } from 'vitest';
import { ChatPage, UNREACHABLE, useBrowser } from '../support/browser.ts';
import { SteppedClock } from '../support/clock.ts';
import { layLine } from '../support/line.ts';
import { layPageLine } from '../support/page-line.ts';
import { startServer } from '../support/server.ts';

// Logging out while there is no connection to say so.

const browser = useBrowser();

test('forgets the session at once, and resumes and sends nothing when the connection is back', async () => {
  const clock = new SteppedClock();
  const server = await startServer({}, { clock });
  const line = await layLine(server.url);
  const [bob, watcher] = await server.users('Bob', 'Watcher');
  const ann = await browser.join(line.url, 'Ann');
  ann.expected = UNREACHABLE;
  await ann.openRoom('random');
  await ann.composer.fill('half a thought');
  await ann.openRoom('general');
  line.cut();
  await ann.status('Reconnecting…');
  await ann.say('never to be sent');
  await ann.log.getByText('Sending…').waitFor();

  await ann.click('Log out');
  await isAtTheForm(ann);
  await expect.poll(() => ann.page.evaluate(KEPT)).toEqual(['troupe.name', 'troupe.tab']);
  await server.untilAway(watcher, 'Ann');
  let attempts = 0;
  ann.page.on('websocket', () => attempts++);
  line.mend();
  await ann.page.evaluate(`dispatchEvent(new Event('offline')); dispatchEvent(new Event('online'))`);
  await ann.page.reload();
  await isAtTheForm(ann);
  expect(attempts).toBe(0);

  await clock.pass(30_000, watcher);
  await bob.next('user_left', { room: 'general', user: 'Ann' });
  await ann.join('Ann');
  await ann.say('here I am');
  await bob.next('message', { from: 'Ann', text: 'here I am' });
  expect(await ann.texts()).toEqual(['here I am']);
  await ann.openRoom('random');
  await expect.poll(() => ann.composer.inputValue()).toBe('');
  expect(bob.frames.filter(({ type }) => type === 'message').length).toBe(1);
});

test('needs no answer when the browser has just said that there is no network', async () => {
  const server = await startServer();
  const ann = await browser.open(server.url);
  ann.expected = /ERR_INTERNET_DISCONNECTED/;
  await ann.page.clock.install();
  // The server is gone without a word: nothing that it says arrives.
  let isDeaf = false;
  await ann.page.routeWebSocket(/\/ws\/chat/, (socket) => {
    socket.connectToServer().onMessage((data) => {
      if (!isDeaf) socket.send(data);
    });
  });
  await ann.page.reload();
  await ann.join('Ann');
  isDeaf = true;
  await ann.page.clock.pauseAt(Date.now() + 1_000);
  await ann.page.context().setOffline(true);
  await ann.click('Log out');
  await ann.page.clock.runFor(100);
  await isAtTheForm(ann);
  await ann.page.context().setOffline(false);
  await ann.status('Not connected');
});

test('can be done after a reload too, before the connection is back', async () => {
  const server = await startServer();
  const ann = await browser.open(server.url);
  const line = await layPageLine(ann.page);
  expect(await ann.page.getByRole('button', { name: 'Log out' }).isVisible()).toBe(false);
  await ann.join('Ann');
  line.cut();
  await ann.page.reload();
  await ann.page.getByRole('alert').getByText('The server does not answer').waitFor();
  await ann.click('Log out');
  await isAtTheForm(ann);
  expect(await ann.page.getByRole('button', { name: 'Join chat' }).isEnabled()).toBe(true);
  await expect.poll(() => ann.page.evaluate(KEPT)).toEqual(['troupe.name', 'troupe.tab']);
});

test('ends the other tabs of the session, with words and with what was queued in them', async () => {
  const server = await startServer();
  const line = await layLine(server.url);
  const bob = await server.user('Bob');
  const ann = await browser.join(line.url, 'Ann');
  ann.expected = UNREACHABLE;
  const second = await nextTab(ann, 'as a duplicate');
  await second.isConnected();
  const stranger = await nextTab(ann, 'anew');
  await stranger.join('Stranger');
  line.cut();
  await Promise.all([ann, second, stranger].map((tab) => tab.status('Reconnecting…')));
  for (const tab of [ann, second, stranger]) {
    await tab.say('in the dark');
    await tab.log.getByText('Sending…').waitFor();
  }

  await ann.click('Log out');
  await second.page.getByRole('alert').getByText('ended in another tab').waitFor();
  await second.status('Not connected');
  line.mend();
  await stranger.page.evaluate(`dispatchEvent(new Event('online'))`);
  await bob.next('message', { from: 'Stranger', text: 'in the dark' });
  await second.join('Ann');
  await second.say('in the light');
  await bob.next('message', { text: 'in the light' });
  expect(bob.frames.filter(({ type }) => type === 'message').length).toBe(2);
});

test('takes along what a tab that has been closed had not sent', async () => {
  const server = await startServer();
  const line = await layLine(server.url);
  const bob = await server.user('Bob');
  const ann = await browser.join(line.url, 'Ann');
  ann.expected = UNREACHABLE;
  const second = await nextTab(ann, 'as a duplicate');
  await second.isConnected();
  line.cut();
  await Promise.all([ann, second].map((tab) => tab.status('Reconnecting…')));
  await second.say('from a tab that is gone');
  await second.log.getByText('Sending…').waitFor();
  await second.page.close();

  await ann.click('Log out');
  await isAtTheForm(ann);
  await expect.poll(() => ann.page.evaluate(KEPT)).toEqual(['troupe.name', 'troupe.tab']);
  line.mend();
  await ann.join('Ann');
  await ann.say('from the one that is left');
  await bob.next('message', { text: 'from the one that is left' });
  expect(bob.frames.filter(({ type }) => type === 'message').length).toBe(1);
});

/** The keys of what the browser keeps for the page; runs there, whose types are not ours: hence text. */
const KEPT = '[...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort()';

async function isAtTheForm(person: ChatPage): Promise<void> {
  const username = person.page.getByRole('textbox', { name: 'Username' });
  await username.and(person.page.locator(':focus')).waitFor();
  await expect.poll(() => username.inputValue()).toBe('Ann');
  await person.status('Not connected');
  await expect.poll(() => person.page.getByRole('button', { name: 'Log out' }).isVisible()).toBe(false);
}

/** Another tab of the same browser: with a copy of what the first one keeps for itself, or without. */
async function nextTab({ page, complaints }: ChatPage, how: 'as a duplicate' | 'anew'): Promise<ChatPage> {
  if (how === 'as a duplicate') {
    const opened = page.waitForEvent('popup');
    await page.evaluate('void window.open(location.href)');
    return new ChatPage({ page: await opened, complaints });
  }
  const tab = new ChatPage({ page: await page.context().newPage(), complaints });
  await tab.page.goto(page.url());
  return tab;
}
