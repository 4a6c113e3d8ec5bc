import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { layLine } from '../support/line.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

/** What Chromium says of a server that is not there. */
const UNREACHABLE = /net::ERR_(CONNECTION|EMPTY_RESPONSE|INCOMPLETE_CHUNKED|SOCKET)/;

test('finds back when the server restarts in mid-conversation', async () => {
  const first = await startServer();
  const { url } = first;
  const ann = await browser.join(url, 'Ann');
  const bob = await browser.join(url, 'Bob');
  for (const person of [ann, bob]) person.expected = UNREACHABLE;
  await ann.createRoom('attic');
  await bob.openRoom('attic');
  await bob.say('before');
  await ann.sees('before');

  await first.close();
  await ann.status('Reconnecting…');
  await ann.say('after');
  await ann.log.getByText('Sending…').waitFor();

  await startServer({ PORT: Number(new URL(url).port) });
  await Promise.all([ann.isConnected(), bob.isConnected()]);
  await ann.people.getByText('Bob', { exact: true }).waitFor();
  await bob.sees('after');
  await ann.log.getByText('Sending…').waitFor({ state: 'hidden' });
  await ann.isIn('attic');
  expect(await ann.texts()).toEqual(['before', 'after']);
});

test('fills in what was missed, each line once', async () => {
  const server = await startServer();
  const line = await layLine(server.url);
  const bob = await server.user('Bob');
  const ann = await browser.join(line.url, 'Ann');
  ann.expected = UNREACHABLE;
  await bob.say('general', 'one');
  await ann.sees('one');

  line.cut();
  await ann.status('Reconnecting…');
  await bob.say('general', 'two');
  await bob.ask({ type: 'pm', to: 'Ann', text: 'three' });
  await server.user('Cy');
  line.mend();
  await ann.isConnected();
  await bob.say('general', 'four');
  await ann.sees('four');
  expect(await ann.texts()).toEqual(['one', 'two', 'four']);
  await ann.rooms.getByRole('button', { name: 'Bob 1 new' }).click();
  expect(await ann.texts()).toEqual(['three']);
  await ann.openRoom('general');
  await ann.people.getByText('Cy', { exact: true }).waitFor();
});

test('posts once what was not acknowledged when the line broke', async () => {
  const server = await startServer();
  const line = await layLine(server.url);
  const bob = await server.user('Bob');
  const ann = await browser.join(line.url, 'Ann');
  ann.expected = UNREACHABLE;

  line.mute();
  await ann.say('hold on');
  await bob.next('message', { text: 'hold on' });
  line.cut();
  await ann.status('Reconnecting…');
  line.mend();
  await ann.isConnected();
  await ann.sees('hold on');
  await ann.say('done');
  await bob.next('message', { text: 'done' });
  expect(await ann.texts()).toEqual(['hold on', 'done']);
  expect(bob.frames.filter((frame) => frame.type === 'message').length).toBe(2);
  expect(await ann.composer.inputValue()).toBe('');
});

test('goes on after being loaded anew', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const bob = await browser.join(url, 'Bob');
  await ann.createRoom('attic');
  await ann.say('remember me');
  await ann.sees('remember me');

  await ann.page.reload();
  await ann.isIn('attic');
  await ann.sees('remember me');
  await ann.people.getByText('Ann', { exact: true }).waitFor();
  await ann.openRoom('general');
  await ann.say('back');
  await bob.sees('back');
  expect(await bob.log.getByText('Ann left').count()).toBe(0);
});

test('does not come back after a flood', async () => {
  const server = await startServer();
  const ann = await browser.open(server.url);
  await ann.page.routeWebSocket(/ws\/chat/, (socket) =>
    socket.close({ code: 1008, reason: 'too many frames' }),
  );
  await ann.page.getByRole('textbox', { name: 'Username' }).fill('Ann');
  await ann.click('Join chat');
  await ann.page.getByRole('alert').getByText('too much was sent').waitFor();
  await ann.status('Not connected');
});
