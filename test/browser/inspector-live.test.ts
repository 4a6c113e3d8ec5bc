import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { InspectorPage } from '../support/inspector-page.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

test('shows the life of a real room: founded, spoken in, left, gone', async () => {
  const server = await startServer({ INSPECT: true });
  const ann = await server.user('Ann');
  const inspector = new InspectorPage(await browser.open(`${server.url}/inspector`));
  await inspector.status('Connected');
  await inspector.actor('Ann').getByText('online').waitFor();

  await ann.join('attic');
  await inspector.choose('attic');
  await inspector.page.getByText('Room · occupied').waitFor();
  await inspector.tree.getByRole('treeitem').first().waitFor();
  await ann.say('attic', 'Anybody there?');
  const drawn = inspector.page.locator('event-sequence');
  await drawn.getByText('message.post').first().waitFor();
  await ann.leave('attic');
  await inspector.page.getByText(/Room · .*has ended/).waitFor();
  await inspector.actor('attic').waitFor({ state: 'detached' });
  await inspector.click('Step back');
  await inspector.actor('attic').waitFor();
});

test('shows a session go away, and come back', async () => {
  const server = await startServer({ INSPECT: true });
  const ann = await server.user('Ann');
  const inspector = new InspectorPage(await browser.open(`${server.url}/inspector#session:Ann`));
  await inspector.page.getByText('Session · online').waitFor();
  ann.socket.terminate();
  await inspector.page.getByText('Session · away').waitFor();
  await server.resume(ann);
  await inspector.page.getByText('Session · online').waitFor();
});

test('keeps the lane of who is looked at in sight, and shows an event whole beside it', async () => {
  const server = await startServer({ INSPECT: true });
  const people = await server.users('Ann', 'Bob', 'Cy', 'Dan', 'Eve', 'Fay', 'Gus', 'Hal');
  const inspector = new InspectorPage(await browser.open(`${server.url}/inspector#room:general`));
  const { page, tree } = inspector;
  await tree.getByRole('treeitem').first().waitFor();
  for (const person of people) await person.say('general', 'hello');
  const lanes = page.getByRole('group', { name: 'Lanes' });
  const scroller = page.locator('event-sequence .scroller');
  await lanes.getByRole('button', { name: 'general' }).waitFor();
  await expect.poll(() => isWithin(lanes.getByRole('button', { name: 'general' }), scroller)).toBe(true);
  const events = page.getByRole('grid', { name: 'Events' });
  await events.getByRole('row', { name: 'session Hal to room general: message.post' }).click();
  const details = page.getByRole('region', { name: 'Event details' });
  for (const name of ['session Hal', 'room general'])
    await expect.poll(() => isWithin(details.getByRole('button', { name, exact: true }), details)).toBe(true);

  // Whoever goes to the side is left there.
  await details.getByRole('button', { name: 'Close details' }).click();
  await scroller.evaluate((element) => {
    (element as unknown as { scrollLeft: number }).scrollLeft = 0;
  });
  await expect.poll(() => isWithin(lanes.getByRole('button', { name: 'general' }), scroller)).toBe(false);
  const held = tree.getByRole('treeitem', { name: 'entries' });
  const before = await held.textContent();
  await people[0].say('general', 'again');
  await expect.poll(() => held.textContent()).not.toBe(before);
  await expect.poll(() => isWithin(lanes.getByRole('button', { name: 'general' }), scroller)).toBe(false);
  await inspector.choose('random');
  await inspector.choose('general');
  await expect.poll(() => isWithin(lanes.getByRole('button', { name: 'general' }), scroller)).toBe(true);
});

test('says that the inspector is off, and asks for a token from a wrong one', async () => {
  const off = await startServer();
  const person = await browser.open(`${off.url}/inspector`);
  person.expected = /404|WebSocket connection/;
  await person.page.getByRole('heading', { name: 'The inspector is off' }).waitFor();

  const server = await startServer({ INSPECT: true, INSPECT_TOKEN: 'right' });
  const other = await browser.open(`${server.url}/inspector#token=wrong`);
  other.expected = /403|WebSocket connection/;
  const inspector = new InspectorPage(other);
  await inspector.page.getByRole('alert').getByText('That token is wrong').waitFor();
  await inspector.page.getByLabel('Token').fill('right');
  await inspector.click('Use this token');
  await inspector.actor('general').waitFor();
  expect(inspector.page.url()).not.toContain('token');
});

/** Whether one is in the other from side to side. */
async function isWithin(inner: Locator, outer: Locator): Promise<boolean> {
  // Of lanes only those in sight are on the page.
  if ((await inner.count()) === 0) return false;
  const [box, frame] = await Promise.all([inner.boundingBox(), outer.boundingBox()]);
  return box !== null && frame !== null && box.x >= frame.x && box.x + box.width <= frame.x + frame.width;
}
