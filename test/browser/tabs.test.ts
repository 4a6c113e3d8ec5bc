import { expect, test } from 'vitest';
import { ChatPage, useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

test('two tabs of one user both hear and both speak', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const bob = await browser.join(url, 'Bob');
  const second = await anotherTab(ann);

  await bob.say('hello both');
  await ann.sees('hello both');
  await second.sees('hello both');
  await second.say('from the second');
  await ann.sees('from the second');
  await bob.sees('from the second');
  expect(await bob.people.getByRole('listitem').count()).toBe(2);

  await second.page.close();
  await ann.say('still here');
  await bob.sees('still here');
  expect(await bob.people.getByText('away').count()).toBe(0);
});

test('a room joined in one tab is listed in the other, which stays where it is', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const second = await anotherTab(ann);

  await second.createRoom('attic');
  await ann.rooms.getByRole('button', { name: 'attic 1 person, joined' }).waitFor();
  await ann.isIn('general');
});

test('logging out in one tab ends the other, with words', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const second = await anotherTab(ann);

  await second.click('Log out');
  await ann.page.getByRole('alert').getByText('ended in another tab').waitFor();
  await ann.click('Join chat');
  await ann.isConnected();
});

/** As "Duplicate tab" does: with a copy of what the tab keeps, the session among it. */
async function anotherTab(person: ChatPage): Promise<ChatPage> {
  const opened = person.page.waitForEvent('popup');
  await person.page.evaluate('void window.open(location.href)');
  const tab = new ChatPage({ page: await opened, complaints: person.complaints });
  await tab.isConnected();
  await tab.composer.waitFor();
  return tab;
}
