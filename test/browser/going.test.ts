import { expect, test } from 'vitest';
import { type ChatPage, useBrowser } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';

// Who is impatient, or changes their mind, while the server has not answered yet.

const browser = useBrowser();

test('a double click on a room, on "Create room" or on "Leave room" does it once, and complains of nothing', async () => {
  const server = await startServer();
  const { ann, line } = await join(server, 'Ann');
  line.hold();
  await ann.rooms.getByRole('button', { name: 'random' }).dblclick();
  line.release();
  await ann.isIn('random');

  line.hold();
  await ann.page.getByRole('textbox', { name: 'Room name' }).fill('attic');
  await ann.page.getByRole('button', { name: 'Create room' }).dblclick();
  line.release();
  await ann.isIn('attic');

  line.hold();
  await ann.page.getByRole('button', { name: 'Leave room' }).dblclick();
  line.release();
  await ann.isIn('general');
  await answered(ann);
  expect(await complaints(ann)).toEqual([]);
});

test('who presses Enter once more just when the server lets them in is in', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url);
  await ann.page.evaluate(`globalThis.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      const again = () => setTimeout(() => document.querySelector('join-form form').requestSubmit());
      this.addEventListener('message', again, { once: true });
    }
  }; undefined`);
  await ann.join('Ann');
  await ann.say('hello');
  await ann.log.getByText('hello').waitFor();
});

test('who asks for a room that they are in, in whatever writing, goes there', async () => {
  const server = await startServer();
  const { ann } = await join(server, 'Ann');
  await ann.createRoom('my_room');
  for (const name of ['General', 'My Room']) {
    await ann.page.getByRole('textbox', { name: 'Room name' }).fill(name);
    await ann.click('Create room');
    await ann.isIn(name === 'General' ? 'general' : 'my_room');
  }
  await ann.openRoom('general');
  await ann.page.evaluate(`location.hash = 'My%20Room'`);
  await ann.isIn('my_room');
  await ann.say('/join general');
  await ann.isIn('general');
  await expect.poll(() => ann.composer.inputValue()).toBe('');
  expect(await complaints(ann)).toEqual([]);
});

test('who turns elsewhere while a room is being joined stays there', async () => {
  const server = await startServer();
  const { ann, line } = await join(server, 'Ann');
  await ann.openRoom('help');
  line.hold();
  await ann.rooms.getByRole('button', { name: 'random' }).click();
  await ann.openRoom('general');
  line.release();
  await ann.rooms.getByRole('button', { name: 'random 1 person, joined' }).waitFor();
  await answered(ann);
  await ann.isIn('general');

  line.hold();
  await ann.say('/join attic');
  await ann.openRoom('help');
  line.release();
  await ann.rooms.getByRole('button', { name: 'attic 1 person, joined' }).waitFor();
  await answered(ann);
  await ann.isIn('help');
});

test('goes to the last of several rooms that are asked for at once', async () => {
  const server = await startServer();
  const { ann, line } = await join(server, 'Ann');
  line.hold();
  for (const room of ['help', 'random', 'general', 'help']) {
    await ann.rooms.getByRole('button', { name: room }).click();
  }
  line.release();
  await ann.rooms.getByRole('button', { name: 'random 1 person, joined' }).waitFor();
  await ann.isIn('help');
  await answered(ann);
  await ann.isIn('help');
  expect(await complaints(ann)).toEqual([]);
});

test('a command that is refused goes back to where it was written, not to where one is now', async () => {
  const server = await startServer();
  const { ann, line } = await join(server, 'Ann');
  const bob = await server.user('Bob');
  await ann.openRoom('random');
  line.hold();
  await ann.say('/juggle');
  await ann.openRoom('general');
  line.release();
  await bob.say('general', 'juggling is not allowed');
  await ann.sees('juggling is not allowed');
  await expect.poll(() => ann.composer.inputValue()).toBe('');
  expect(await complaints(ann)).toEqual([]);
  await ann.openRoom('random');
  await expect.poll(() => ann.composer.inputValue()).toBe('/juggle');
});

/** A person whose page can be kept from hearing the server. */
async function join({ url }: TestServer, name: string) {
  const ann = await browser.open(url);
  let isHeld = false;
  const waiting: (() => void)[] = [];
  await ann.page.routeWebSocket(/\/ws\/chat/, (socket) => {
    socket.connectToServer().onMessage((data) => {
      if (isHeld) waiting.push(() => socket.send(data));
      else socket.send(data);
    });
  });
  await ann.join(name);
  const line = {
    hold() {
      isHeld = true;
    },
    release() {
      isHeld = false;
      for (const send of waiting.splice(0)) send();
    },
  };
  return { ann, line };
}

/** All that was asked before has been answered and drawn. */
async function answered(ann: ChatPage): Promise<void> {
  await ann.say('/users');
  await ann.log
    .getByText(/^\d+ in \w+: /)
    .last()
    .waitFor();
}

async function complaints({ page }: ChatPage): Promise<string[]> {
  return (await page.getByRole('alert').allTextContents()).filter((words) => words !== '');
}
