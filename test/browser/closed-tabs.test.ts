import { expect, test } from 'vitest';
import { ChatPage, useBrowser } from '../support/browser.ts';
import type { ChatClient } from '../support/client.ts';
import { layPageLine } from '../support/page-line.ts';
import { startServer } from '../support/server.ts';

// What was written in a tab that has been closed before it could be sent.

const browser = useBrowser();

test('is sent by the next tab of the same user, once, in the rooms that it was written for', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  await bob.ask({ type: 'join', room: 'attic' });
  const first = await browser.open(server.url);
  const line = await layPageLine(first.page);
  await first.join('Ann');
  await first.openRoom('attic');
  line.cut();
  await first.status('Reconnecting…');
  await first.say('written in the attic');
  await first.openRoom('general');
  await first.say('written in general');
  await first.log.getByText('Sending…').waitFor();
  const second = await nextTab(first, server.url);
  await first.page.close();

  await second.join('Ann');
  await bob.next('message', { room: 'attic', text: 'written in the attic' });
  await bob.next('message', { room: 'general', text: 'written in general' });
  await second.sees('written in general');
  await second.log.getByText('Sending…').waitFor({ state: 'hidden' });

  const third = await nextTab(second, server.url);
  await third.join('Ann');
  await third.say('the last');
  await bob.next('message', { text: 'the last' });
  expect(heard(bob)).toEqual(['written in the attic', 'written in general', 'the last']);
});

test('is left to the user when it may have arrived', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const first = await browser.open(server.url);
  // The server hears the page, and the page hears nothing any more.
  let isDeaf = false;
  await first.page.routeWebSocket(/\/ws\/chat/, (socket) => {
    socket.connectToServer().onMessage((data) => {
      if (!isDeaf) socket.send(data);
    });
  });
  await first.join('Ann');
  isDeaf = true;
  await first.say('/pm Bob did you get this?');
  await bob.next('pm', { text: 'did you get this?' });
  const second = await nextTab(first, server.url);
  await first.page.close();

  await second.join('Ann');
  await second.privates.getByRole('button', { name: 'Bob in private' }).click();
  await second.log.getByText('Not sent: the tab was closed before the server had answered').waitFor();
  await second.click('Discard');
  await second.log.getByText('did you get this?').waitFor({ state: 'hidden' });
  await second.say('now for sure');
  await bob.next('pm', { text: 'now for sure' });
  expect(heard(bob)).toEqual(['did you get this?', 'now for sure']);
});

test('is not sent twice when it is in the log already', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const first = await browser.open(server.url);
  let isDeaf = false;
  await first.page.routeWebSocket(/\/ws\/chat/, (socket) => {
    socket.connectToServer().onMessage((data) => {
      if (!isDeaf) socket.send(data);
    });
  });
  await first.join('Ann');
  isDeaf = true;
  await first.say('heard by all');
  await bob.next('message', { text: 'heard by all' });
  const second = await nextTab(first, server.url);
  await first.page.close();

  await second.join('Ann');
  await second.say('afterwards');
  await bob.next('message', { text: 'afterwards' });
  await second.sees('afterwards');
  expect(await second.texts()).toEqual(['heard by all', 'afterwards']);
  expect(heard(bob)).toEqual(['heard by all', 'afterwards']);
});

test('stays with its tab as long as that lives, and with its user', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const first = await browser.open(server.url);
  const line = await layPageLine(first.page);
  await first.join('Ann');
  line.cut();
  await first.status('Reconnecting…');
  await first.say('mine to send');
  await first.log.getByText('Sending…').waitFor();
  const second = await nextTab(first, server.url);
  await second.join('Ann');
  await second.say('from the second');
  await bob.next('message', { text: 'from the second' });

  await first.page.close();
  const third = await nextTab(second, server.url);
  await third.join('Somebody-else');
  await third.say('from somebody else');
  await bob.next('message', { text: 'from somebody else' });
  expect(heard(bob)).toEqual(['from the second', 'from somebody else']);
});

/** Another tab of the same browser, with nothing of the first one's but what all tabs share. */
async function nextTab({ page, complaints }: ChatPage, url: string): Promise<ChatPage> {
  const tab = new ChatPage({ page: await page.context().newPage(), complaints });
  await tab.page.goto(url);
  return tab;
}

/** What Bob was told by others. */
function heard(bob: ChatClient): string[] {
  return bob.frames.flatMap((frame) => (frame.type === 'message' || frame.type === 'pm' ? [frame.text] : []));
}
