import { expect, test } from 'vitest';
import { ChatPage, useBrowser } from '../support/browser.ts';
import { InspectorPage } from '../support/inspector-page.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

/** A chat page that is inspected, and an inspector beside it in the same browser. */
async function openBoth(settings: Parameters<typeof startServer>[0] = { INSPECT: true }) {
  const server = await startServer(settings);
  const ann = await browser.open(`${server.url}/?inspect`);
  const context = ann.page.context();
  const inspector = new InspectorPage(new ChatPage({ page: await context.newPage(), complaints: [] }));
  // All that the page says of itself, as any page of this browser hears it.
  await inspector.page.addInitScript(`globalThis.heard = [];
    new BroadcastChannel('troupe.inspect').onmessage = ({ data }) => globalThis.heard.push(JSON.stringify(data));`);
  await inspector.page.goto(`${server.url}/inspector`);
  return { server, ann, inspector };
}

test('a frame is seen to leave the page and to arrive at its session', async () => {
  const { ann, inspector } = await openBoth();
  await ann.join('Ann');
  const page = inspector.list.getByRole('group', { name: 'Pages' }).getByRole('option', { name: 'Ann' });
  await page.getByText('linked.online.steady').waitFor();
  await page.click();
  await inspector.page.getByText('Page · linked.online.steady').waitFor();
  await ann.say('Hello');
  const drawn = inspector.page.locator('event-sequence');
  await drawn.getByText('frame.send').first().waitFor();
  await drawn.getByText('message.post').first().waitFor();
  const [download] = await Promise.all([
    inspector.page.waitForEvent('download'),
    inspector.click('Save recording'),
  ]);
  const { frames } = JSON.parse(await readAll(await download.createReadStream()));
  const said = frames.map(([, frame]: [number, Frame]) => frame).filter(({ event }: Frame) => event);
  const left = said.findIndex(({ event }: Frame) => event?.frame?.text === 'Hello');
  const came = said.findIndex(({ event }: Frame) => event?.type === 'message.post');
  expect(left).toBeGreaterThanOrEqual(0);
  expect(said[left].sessionId).toBe(`${said[came].origin}/connection`);
});

test('the page’s machine is seen to lose its line and to find it again', async () => {
  const { server, ann, inspector } = await openBoth();
  ann.expected = /./;
  await ann.join('Ann');
  await inspector.actor('Ann').filter({ hasText: 'linked.online.steady' }).click();
  await server.close();
  await inspector.page.getByText(/Page · (waiting|linked\.connecting)/).waitFor();
  await inspector.tree.getByRole('treeitem', { name: /attempts [1-9]/ }).waitFor();
});

test('says neither the secret of a session nor what people write to each other in private', async () => {
  const { server, ann, inspector } = await openBoth();
  await server.user('Bob');
  await ann.join('Ann');
  await inspector.actor('Ann').filter({ hasText: 'linked.online.steady' }).waitFor();
  await ann.say('a word for all');
  await ann.say('/pm Bob psst-one');
  await ann.isIn('Bob');
  await ann.say('psst-two');
  await ann.sees('psst-two');
  await ann.say('/PM Bob psst-three');
  await ann.sees('psst-three');
  await ann.say('/pn Bob psst-four');
  await ann.page.getByRole('alert').getByText('/pn').waitFor();
  const session: string = await ann.page.evaluate(`sessionStorage.getItem('troupe.session')`);
  expect(session.length).toBeGreaterThan(10);

  const heard = () => inspector.page.evaluate('heard.join("\\n")') as Promise<string>;
  await expect.poll(heard).toContain('(hidden)');
  await ann.openRoom('general');
  await ann.say('the end');
  await expect.poll(heard).toContain('the end');
  const all = await heard();
  expect(all).toContain('a word for all');
  expect(all).not.toContain('psst');
  expect(all).not.toContain(session);
});

test('a page that goes is taken out of the list', async () => {
  const { ann, inspector } = await openBoth();
  await ann.join('Ann');
  const pages = inspector.list.getByRole('group', { name: 'Pages' });
  await pages.getByRole('option').waitFor();
  await ann.page.goto('about:blank');
  await pages.waitFor({ state: 'detached' });
});

test('pages are shown even when the server shows nothing of itself', async () => {
  const { ann, inspector } = await openBoth({});
  ann.expected = /404|ws\/inspect/;
  await ann.join('Ann');
  await inspector.actor('Ann').getByText('linked.online.steady').waitFor();
  await inspector.status('Inspector is off');
});

test('a page that is not inspected loads nothing of it', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const loaded: string[] = await ann.page.evaluate(
    `performance.getEntriesByType('resource').map(({ name }) => name)`,
  );
  expect(loaded.filter((name) => name.includes('inspector'))).toEqual([]);
});

interface Frame {
  sessionId: string;
  origin?: string;
  event?: { type: string; frame?: { text?: string } };
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
}
