import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sirv from 'sirv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UNREACHABLE, useBrowser } from '../support/browser.ts';
import { SteppedClock } from '../support/clock.ts';
import { startServer, type TestServer } from '../support/server.ts';

// The page of the showcase that this server descends from, served from another origin: see older-page/client.js.

const browser = useBrowser();

let site: Server;
let origin: string;

beforeAll(async () => {
  site = createServer(sirv(fileURLToPath(new URL('./older-page', import.meta.url)), { dev: true }));
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterAll(() => site.close());

test('joins from another origin, talks with our page, and is told by SSE and REST', async () => {
  const server = await startServer({ ALLOWED_ORIGINS: [origin] });
  const ann = await browser.join(server.url, 'Ann');
  const old = await enter(server, 'Olga');
  await ann.people.getByText('Olga', { exact: true }).waitFor();

  await ann.say('hello there');
  await saw(old, 'Ann: hello there');
  await say(old, 'hello yourself');
  await ann.sees('hello yourself');
  await saw(old, 'Olga: hello yourself');
  await say(old, '/me waves');
  await ann.sees('* Olga waves');
  await say(old, '@Ann psst');
  await saw(old, 'to Ann: (private) psst');
  await ann.say('/pm Olga what is it?');
  await saw(old, 'Ann: (private) what is it?');
  await say(old, '/join attic');
  await old.getByRole('list', { name: 'Events' }).getByText('room_created {"room":"attic"').waitFor();
  await say(old, 'dusty here');
  await saw(old, 'Olga: dusty here');
  await say(old, '/nick Ol');
  await expect.poll(() => old.locator('#me').textContent()).toBe('Ol');

  await server.user('Late');
  await old
    .getByRole('list', { name: 'Events' })
    .getByText('user_connected {"user":"Late","count":3}')
    .waitFor();
  const [rooms, stats, users, history] = await seen(old).then(
    ({ rest }) => rest as [object[], object, object[], object[]],
  );
  expect(rooms).toContainEqual(expect.objectContaining({ name: 'general', users: expect.any(Number) }));
  expect(stats).toMatchObject({ rooms_count: 3 });
  expect(users).toContainEqual(expect.objectContaining({ name: 'Ann', status: 'online' }));
  expect(history).toEqual(expect.any(Array));
  expect((await seen(old)).errors).toEqual([]);
});

test('is a new user after a reload: the session that it made up was never taken', async () => {
  const server = await startServer({ ALLOWED_ORIGINS: [origin] });
  const ann = await browser.join(server.url, 'Ann');
  const old = await enter(server, 'Olga');
  await ann.say('one');
  await saw(old, 'Ann: one');
  await old.reload();
  await old.locator('#state', { hasText: 'open' }).waitFor();
  await expect.poll(() => old.locator('#me').textContent()).toMatch(/^Olga\d+$/);
  await saw(old, 'Ann: one');
  await say(old, 'me again');
  await ann.sees('me again');
  expect((await seen(old)).missed).toEqual([]);
});

test('stays although it answers no ping, and gets a pong to each ping without ts', async () => {
  const clock = new SteppedClock();
  const server = await startServer({ ALLOWED_ORIGINS: [origin], RATE_PER_SECOND: 0 }, { clock });
  const watcher = await server.user('Watcher');
  const old = await enter(server, 'Olga', { ping: '3600000' });
  for (let heard = 1; heard <= 5; heard++) {
    await clock.pass(25_000, watcher);
    await expect.poll(async () => (await seen(old)).pings).toBe(heard);
    // The browser has answered the protocol's own ping by now, and what it sent first arrives first.
    await old.evaluate(`fetch(new URL('/healthz', server)).catch(() => {})`);
  }
  await watcher.settle();
  expect((await seen(old)).opens).toBe(1);
  await old.evaluate(`send({ type: 'ping' })`);
  await expect.poll(async () => (await seen(old)).pongs).toEqual([clock.now() / 1_000]);
});

test('does not type forever, although it never says that it stopped', async () => {
  const clock = new SteppedClock();
  const server = await startServer({ ALLOWED_ORIGINS: [origin] }, { clock });
  const bob = await server.user('Bob');
  const old = await enter(server, 'Olga');
  await old.getByRole('textbox', { name: 'Text' }).pressSequentially('hmm');
  await bob.next('typing', { user: 'Olga', typing: true });
  await clock.pass(30_000, bob);
  await bob.next('typing', { user: 'Olga', typing: false });
});

test('goes on with the lastMsgId that it kept when the server has been started anew', async () => {
  const first = await startServer({ ALLOWED_ORIGINS: [origin] });
  const bob = await first.user('Bob');
  const old = await enter(first, 'Olga');
  await bob.say('general', 'before');
  await saw(old, 'Bob: before');
  const kept = await old.evaluate<string>(`sessionStorage.getItem('lastMsgId')`);
  expect(Number(kept)).toBeGreaterThan(0);

  await first.close();
  await old.locator('#state', { hasText: 'closed' }).waitFor();
  const second = await startServer({ ALLOWED_ORIGINS: [origin], PORT: Number(new URL(first.url).port) });
  await old.locator('#state', { hasText: 'open' }).waitFor();
  const cy = await second.user('Cy');
  await cy.say('general', 'after');
  await saw(old, 'Cy: after');
  await say(old, 'still here');
  await cy.next('message', { from: 'Olga', text: 'still here' });
  expect(Number(await old.evaluate(`sessionStorage.getItem('lastMsgId')`))).toBeGreaterThan(Number(kept));
  expect((await seen(old)).errors).toEqual([]);
});

/** What the page counts. */
interface Seen {
  opens: number;
  pings: number;
  pongs: number[];
  errors: string[];
  missed: object[];
  rest: object[];
}

async function enter(server: TestServer, name: string, more: Record<string, string> = {}): Promise<Page> {
  const person = await browser.open(
    `${origin}/?${new URLSearchParams({ server: server.url, name, ...more })}`,
  );
  person.expected = UNREACHABLE;
  await expect.poll(() => person.page.locator('#me').textContent()).toBe(name);
  await person.page.getByRole('list', { name: 'Users' }).getByText(name, { exact: true }).waitFor();
  return person.page;
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Text' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

function saw(page: Page, line: string): Promise<void> {
  return page.getByRole('log').getByText(line, { exact: true }).first().waitFor();
}

function seen(page: Page): Promise<Seen> {
  return page.evaluate('window.seen');
}
