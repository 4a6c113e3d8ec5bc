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
