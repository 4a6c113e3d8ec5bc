import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

test('two people join, see each other and talk', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const bob = await browser.join(url, 'Bob');

  await ann.people.getByText('Bob', { exact: true }).waitFor();
  await bob.people.getByText('Ann', { exact: true }).waitFor();
  await ann.sees('Bob joined');
  await ann.say('Good evening, Bob');
  await bob.sees('Good evening, Bob');
  await bob.composer.fill('Good evening');
  await bob.composer.press('Shift+Enter');
  await bob.composer.pressSequentially('and welcome');
  await bob.composer.press('Enter');
  await ann.sees('Good evening\nand welcome');

  await expect.poll(() => ann.texts()).toEqual(['Good evening, Bob', 'Good evening\nand welcome']);
  await expect.poll(() => bob.texts()).toEqual(await ann.texts());
  await expect.poll(() => bob.composer.inputValue()).toBe('');
});

test('shows who is typing until the message comes', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const bob = await browser.join(url, 'Bob');

  await bob.composer.pressSequentially('Hm');
  await ann.page.getByText('Bob is typing', { exact: true }).waitFor();
  await bob.composer.press('Enter');
  await ann.sees('Hm');
  await ann.page.getByText('Bob is typing', { exact: true }).waitFor({ state: 'hidden' });

  await bob.composer.pressSequentially('Never');
  await ann.page.getByText('Bob is typing', { exact: true }).waitFor();
  await bob.composer.fill('');
  await ann.page.getByText('Bob is typing', { exact: true }).waitFor({ state: 'hidden' });
});

test('stops typing in the room that one turns away from', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const bob = await browser.join(url, 'Bob');

  await bob.composer.pressSequentially('Wait');
  await ann.page.getByText('Bob is typing', { exact: true }).waitFor();
  await bob.openRoom('random');
  await ann.page.getByText('Bob is typing', { exact: true }).waitFor({ state: 'hidden' });
});

test('shows what commands answer, and errors in words', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');

  await ann.say('/help');
  await ann.log.getByText('/join <room>').waitFor();
  await ann.say('/rooms');
  await ann.log.getByText('general (1)').waitFor();
  await ann.say('/users');
  await ann.log.getByText('1 in general: Ann').waitFor();
  await ann.say('/me waves');
  await ann.sees('* Ann waves');

  await ann.say('/juggle');
  await ann.page.getByRole('alert').getByText('Unknown command').waitFor();
  await expect.poll(() => ann.composer.inputValue()).toBe('/juggle');
  await ann.say('/nick Annabel');
  await ann.people.getByText('Annabel', { exact: true }).waitFor();
  await ann.page.getByRole('alert').getByText('Unknown command').waitFor({ state: 'hidden' });
});

test('shows a private message to its two people alone', async () => {
  const { url } = await startServer();
  const [ann, bob, cy] = await Promise.all(['Ann', 'Bob', 'Cy'].map((name) => browser.join(url, name)));
  if (!ann || !bob || !cy) throw new TypeError('three people');

  await ann.people.getByRole('button', { name: 'Bob' }).click();
  await ann.isIn('Bob');
  await ann.composer.pressSequentially('between us');
  await ann.composer.press('Enter');
  await ann.sees('between us');
  await bob.page.getByRole('status', { name: 'News' }).getByText('between us').click();
  await bob.isIn('Ann');
  await bob.say('as you say');
  await ann.sees('as you say');
  await expect.poll(() => ann.texts()).toEqual(['between us', 'as you say']);
  await expect.poll(() => bob.texts()).toEqual(['between us', 'as you say']);

  await ann.openRoom('general');
  await ann.say('for all');
  await cy.sees('for all');
  await expect.poll(() => cy.texts()).toEqual(['for all']);
});

test('creates, switches and leaves rooms, which others see come and go', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const bob = await browser.join(url, 'Bob');

  await ann.createRoom('Attic');
  await ann.sees('Ann created the room');
  await ann.rooms.getByRole('button', { name: 'attic 1 person, joined' }).waitFor();
  await bob.rooms.getByRole('button', { name: 'attic 1 person' }).click();
  await bob.isIn('attic');
  await ann.rooms.getByRole('button', { name: 'attic 2 people, joined' }).waitFor();
  await bob.say('nice up here');
  await ann.sees('nice up here');

  await ann.openRoom('general');
  await bob.say('anyone?');
  await ann.rooms.getByText('1 new').waitFor();
  await ann.openRoom('attic');
  await ann.sees('anyone?');
  await ann.rooms.getByText('1 new').waitFor({ state: 'hidden' });

  await ann.click('Leave room');
  await ann.isIn('general');
  await bob.sees('Ann left');
  await bob.say('/leave');
  await bob.isIn('general');
  await ann.rooms.getByRole('button', { name: 'attic' }).waitFor({ state: 'detached' });
});

test('says what is wrong with the name of a room', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  await ann.page.getByRole('textbox', { name: 'Room name' }).fill('!');
  await ann.click('Create room');
  await ann.page.getByRole('alert').getByText('“!” can’t be the name of a room').waitFor();
});

test('gives a latecomer the history, the earlier part on demand', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  for (let i = 1; i <= 70; i++) await bob.say('general', `line ${i}`);

  const ann = await browser.join(server.url, 'Ann');
  await ann.sees('line 70');
  await ann.log.hover();
  await ann.page.mouse.wheel(0, -100_000);
  await ann.sees('line 1');
  await expect.poll(() => ann.texts()).toEqual(Array.from({ length: 70 }, (_, i) => `line ${i + 1}`));
});

test('logs out at once, and remembers the name', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const bob = await browser.join(url, 'Bob');

  await ann.click('Log out');
  await bob.sees('Ann left');
  await ann.status('Not connected');
  const username = ann.page.getByRole('textbox', { name: 'Username' });
  await expect.poll(() => username.inputValue()).toBe('Ann');
  await ann.page.reload();
  await expect.poll(() => username.inputValue()).toBe('Ann');
  await ann.click('Join chat');
  await bob.sees('Ann joined');
});

test('lists people of a big room in pages, and follows who comes, goes and is renamed', async () => {
  const server = await startServer();
  const crowd = await Promise.all(
    Array.from({ length: 130 }, (_, i) => server.user(`m${String(i).padStart(3, '0')}`)),
  );
  const ann = await browser.join(server.url, 'Ann');
  const people = ann.people.getByRole('listitem');
  await ann.people.getByText('m098', { exact: true }).waitFor();
  await expect.poll(() => people.count()).toBe(100);
  await ann.page.getByRole('button', { name: 'Show more of 31 others' }).click();
  await ann.people.getByText('m129', { exact: true }).waitFor();
  expect(await people.count()).toBe(131);

  crowd[5]?.send({ type: 'quit' });
  crowd[6]?.send({ type: 'set_nick', name: 'zoe' });
  await ann.people.getByText('m005', { exact: true }).waitFor({ state: 'detached' });
  await ann.people.getByText('zoe', { exact: true }).waitFor();
  await server.user('m005b');
  await ann.people.getByText('m005b', { exact: true }).waitFor();
  await expect.poll(() => people.count()).toBe(131);
});
