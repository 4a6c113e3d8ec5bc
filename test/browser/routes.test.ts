import { expect, test } from 'vitest';
import { type ChatPage, useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';
import { WINDOWS } from '../support/views.ts';

const browser = useBrowser();

test('a room in the URL is joined once the name is given, and survives a reload', async () => {
  const { url } = await startServer();
  const ann = await browser.open(`${url}/#Attic`);
  await ann.join('Ann');
  await ann.isIn('attic');
  expect(hashOf(ann)).toBe('#attic');
  await ann.say('up here');
  await ann.sees('up here');
  await ann.page.reload();
  await ann.isIn('attic');
  await ann.sees('up here');
});

test('a person in the URL is a private conversation', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const ann = await browser.open(`${server.url}/#@Bob`);
  await ann.join('Ann');
  await ann.isIn('Bob');
  await ann.say('psst');
  await bob.next('pm', { text: 'psst' });
  await ann.sees('psst');
  await ann.page.reload();
  await ann.isIn('Bob');
  await ann.sees('psst');
  expect(hashOf(ann)).toBe('#@Bob');
});

test('back and forward go through what was shown', async () => {
  const server = await startServer();
  await server.user('Bob');
  const ann = await browser.join(server.url, 'Ann');
  await ann.createRoom('attic');
  await ann.people.getByText('Ann', { exact: true }).waitFor();
  await ann.openRoom('random');
  await ann.people.getByText('Ann', { exact: true }).waitFor();
  await ann.openRoom('general');
  await ann.people.getByRole('button', { name: 'Bob' }).click();
  await ann.isIn('Bob');

  for (const room of ['general', 'random', 'attic', 'general']) {
    await ann.page.goBack();
    await ann.isIn(room);
  }
  await ann.page.goForward();
  await ann.isIn('attic');
  expect(hashOf(ann)).toBe('#attic');
});

test('a name that cannot be a room leads to the first one, with words', async () => {
  const { url } = await startServer();
  const ann = await browser.open(`${url}/#!`);
  await ann.join('Ann');
  await ann.isIn('general');
  await ann.page.getByRole('alert').getByText('can’t be the name of a room').waitFor();
  expect(hashOf(ann)).toBe('#general');
});

test('says so on a phone too, where the lists are out of sight', async () => {
  const { url } = await startServer();
  const ann = await browser.open(`${url}/#%E2%9C%93`, WINDOWS.phone);
  await ann.join('Ann');
  await ann.page.getByRole('alert').getByText('“✓” can’t be the name of a room').waitFor();
  await ann.isIn('general');
});

test('a link to more than a name can hold breaks nothing', async () => {
  const { url } = await startServer();
  const ann = await browser.open(`${url}/#${'x'.repeat(70_000)}`);
  await ann.join('Ann');
  await ann.isIn('x'.repeat(30));
  await ann.page.evaluate(`location.hash = '@' + 'y'.repeat(70_000)`);
  await ann.isIn('y'.repeat(20));
  await ann.say('hello?');
  await ann.log.getByText('Not sent: User not found').waitFor();
  await ann.page.evaluate(`location.hash = '✓'.repeat(70_000)`);
  await ann.page.getByRole('alert').getByText('can’t be the name of a room').waitFor();
  await ann.isConnected();
});

test('a draft stays with its conversation, also over a reload', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  await ann.composer.fill('half a thought');
  await ann.openRoom('random');
  await expect.poll(() => ann.composer.inputValue()).toBe('');
  await ann.openRoom('general');
  await expect.poll(() => ann.composer.inputValue()).toBe('half a thought');
  await ann.page.reload();
  await ann.isIn('general');
  await expect.poll(() => ann.composer.inputValue()).toBe('half a thought');
});

test('what came in elsewhere is still unread after a reload', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const ann = await browser.join(server.url, 'Ann');
  await ann.openRoom('random');
  await bob.say('general', 'hello @ann');
  await ann.rooms.getByText('1 new').waitFor();
  await ann.page.reload();
  await ann.isIn('random');
  await ann.rooms.getByText('1 new').waitFor();
  await ann.openRoom('general');
  await ann.rooms.getByText('1 new').waitFor({ state: 'hidden' });
});

function hashOf({ page }: ChatPage): string {
  return new URL(page.url()).hash;
}
