import { expect, test } from 'vitest';
import { UNREACHABLE, useBrowser } from '../support/browser.ts';
import { layLine } from '../support/line.ts';
import { connectThrough } from '../support/page-line.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

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
  await ann.comesBack();
  await bob.say('general', 'four');
  await ann.sees('four');
  await expect.poll(() => ann.texts()).toEqual(['one', 'two', 'four']);
  await ann.privates.getByRole('button', { name: 'Bob 1 new' }).click();
  await ann.sees('three');
  await expect.poll(() => ann.texts()).toEqual(['three']);
  await ann.openRoom('general');
  await ann.people.getByText('Cy', { exact: true }).waitFor();
});

test('gets the private messages that it missed though the line breaks again before them', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const ann = await browser.open(server.url);
  let hangUp = () => {};
  let isDown = false;
  let breaksAt: string | undefined;
  await ann.page.routeWebSocket(/\/ws\/chat/, (socket) => {
    if (isDown) {
      socket.close({ code: 1001 });
      return;
    }
    const { server: line, cut } = connectThrough(socket);
    hangUp = cut;
    line.onMessage((data) => {
      socket.send(data);
      if (breaksAt === undefined || !String(data).includes(breaksAt)) return;
      breaksAt = undefined;
      hangUp();
    });
  });
  await ann.join('Ann');
  isDown = true;
  hangUp();
  await ann.status('Reconnecting…');
  await bob.ask({ type: 'pm', to: 'Ann', text: 'before' });
  await bob.say('general', 'after');
  breaksAt = '"resumed"';
  isDown = false;
  await ann.sees('after');
  await ann.privates.getByRole('button', { name: 'Bob 1 new' }).click();
  await ann.sees('before');
  expect(breaksAt).toBe(undefined);
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
  await ann.comesBack();
  await ann.sees('hold on');
  await ann.say('done');
  await bob.next('message', { text: 'done' });
  expect(await ann.texts()).toEqual(['hold on', 'done']);
  expect(bob.frames.filter((frame) => frame.type === 'message').length).toBe(2);
  await expect.poll(() => ann.composer.inputValue()).toBe('');
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

test('rejoins its rooms under its name when the session is lost, then sends what was queued', async () => {
  const server = await startServer({ PRESENCE_GRACE_MS: 50 });
  const line = await layLine(server.url);
  const bob = await server.user('Bob');
  const ann = await browser.join(line.url, 'Ann');
  ann.expected = UNREACHABLE;
  await ann.createRoom('attic');
  await ann.openRoom('random');
  await bob.ask({ type: 'join', room: 'attic' });
  await ann.rooms.getByRole('button', { name: 'attic 2 people' }).waitFor();

  line.cut();
  await bob.next('user_left', { room: 'attic', user: 'Ann' });
  await bob.say('attic', 'nobody here?');
  await ann.openRoom('attic');
  await ann.say('I am');
  line.mend();
  await ann.comesBack();
  await bob.next('message', { from: 'Ann', text: 'I am' });
  await ann.sees('nobody here?');
  await ann.isIn('attic');
  await expect.poll(() => ann.texts()).toEqual(['nobody here?', 'I am']);
  await ann.rooms.getByRole('button', { name: 'random 1 person, joined' }).waitFor();
});

test('a tab that slept finds out that its line is dead', async () => {
  const server = await startServer();
  const line = await layLine(server.url);
  const bob = await server.user('Bob');
  const ann = await browser.open(line.url);
  ann.expected = UNREACHABLE;
  await ann.page.clock.install();
  await ann.page.reload();
  await ann.join('Ann');
  line.mute();
  await bob.say('general', 'good morning');
  await ann.page.clock.fastForward(10 * 60_000);
  await ann.page.clock.runFor(5_000);
  await ann.sees('good morning');
  await ann.isConnected();
});

test('follows the browser when it says that there is no network, and counts down when there is', async () => {
  const server = await startServer();
  const line = await layLine(server.url);
  const ann = await browser.join(line.url, 'Ann');
  ann.expected = /./;
  line.cut();
  await ann.status('Reconnecting…');
  await ann.page.context().setOffline(true);
  await ann.status('You are offline');
  line.mend();
  await ann.page.context().setOffline(false);
  await ann.isConnected();

  line.cut();
  await ann.page.getByText(/^in \d+ s$/).waitFor({ timeout: 30_000 });
  line.mend();
  await ann.click('Try now');
  await ann.isConnected();
});
