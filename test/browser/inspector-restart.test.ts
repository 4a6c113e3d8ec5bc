import { expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { ServerProcess } from '../operation/process.ts';
import { UNREACHABLE, useBrowser } from '../support/browser.ts';
import { InspectorPage } from '../support/inspector-page.ts';

const browser = useBrowser();

vi.setConfig({ testTimeout: 120_000 });

/** Joins under a name, and says something in general. */
async function visit(url: string, name: string): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/chat?name=${name}`);
  // The server is killed under it.
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ type: 'message', room: 'general', text: `I am ${name}` }));
}

test('takes nobody for another when the server is killed and started again', async () => {
  const first = new ServerProcess('node', { INSPECT: '1' });
  const url = await first.url();
  // All that happens is in sight, so that it is on the page at all.
  const viewport = { width: 1280, height: 2400 };
  const person = await browser.open(`${url}/inspector#room:general`, { viewport });
  person.expected = UNREACHABLE;
  const inspector = new InspectorPage(person);
  const events = inspector.page.getByRole('grid', { name: 'Events' });
  // It is told of what happens from here on.
  await inspector.tree.getByRole('treeitem').first().waitFor();
  await visit(url, 'Ann');
  await events.getByRole('row', { name: 'session Ann to room general: message.post' }).waitFor();

  first.signal('SIGKILL');
  await first.exited;
  await inspector.page.getByRole('status', { name: 'Connection' }).getByText('Reconnecting').waitFor();
  const second = new ServerProcess('node', { INSPECT: '1', PORT: new URL(url).port });
  await second.url();
  await inspector.page
    .getByRole('status', { name: 'Connection' })
    .getByText('Connected', { exact: true })
    .waitFor({ timeout: 40_000 });
  // Who was looked at is looked at again, as it is by now; and the page is told of what happens from here on.
  await inspector.page.getByText('Room · empty').waitFor();
  await inspector.tree.getByRole('treeitem').first().waitFor();
  // In this life Bob's session bears the number that Ann's had in the other.
  await visit(url, 'Bob');
  await events.getByRole('row', { name: 'session Bob to room general: message.post' }).waitFor();
  await expect.poll(() => inspector.rows()).toContain('Bob online');
  await expect.poll(() => inspector.rows()).not.toContain('Ann online');
  await expect.poll(() => events.getByRole('row', { name: 'client Ann to session Bob' }).count()).toBe(0);

  await inspector.page.getByText('Room · occupied').waitFor();
  await inspector.title('general');
  await expect.poll(() => inspector.chosen().getByText('general').count()).toBe(1);

  await inspector.click('Pause');
  await events.getByRole('row', { name: 'session Ann to room general: message.post' }).click();
  await expect.poll(() => inspector.rows()).toContain('Ann online');
  await expect.poll(() => inspector.rows()).not.toContain('Bob online');
});
