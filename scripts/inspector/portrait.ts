import type { Browser } from 'playwright-core';
import WebSocket from 'ws';
import { defaultConfig } from '../../src/config.ts';
import { createServer } from '../../src/server.ts';
import { ChatPage } from '../../test/support/browser.ts';
import { InspectorPage } from '../../test/support/inspector-page.ts';
import { WINDOWS } from '../../test/support/views.ts';

/** A person of the scene: what they send. */
type Say = (frame: object) => void;

/** Lives through what docs/INSPECTOR.md tells, on a real server, and takes its pictures. */
export async function portrayInspector(browser: Browser, directory: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    for (const size of ['wide', 'phone'] as const) await portray(browser, directory, theme, size);
  }
}

async function portray(
  browser: Browser,
  directory: string,
  theme: 'light' | 'dark',
  size: 'wide' | 'phone',
): Promise<void> {
  const server = createServer(
    defaultConfig({ PORT: 0, LOG_LEVEL: 'silent', RATE_BURST: 1_000, INSPECT: true }),
  );
  const { url } = await server.listen();
  const context = await browser.newContext({
    viewport: size === 'wide' ? { width: 1440, height: 900 } : WINDOWS.phone.viewport,
    colorScheme: theme,
    deviceScaleFactor: 1.5,
    locale: 'en-GB',
  });
  const page = new InspectorPage(new ChatPage({ page: await context.newPage(), complaints: [] }));
  const shoot = async (name: string) => {
    // The pulse of the last transition has run its way.
    await page.page.evaluate(
      'Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))',
    );
    await page.page.screenshot({
      path: `${directory}/inspector-${name}-${size}-${theme}.png`,
      caret: 'initial',
    });
  };

  const people = await Promise.all(['Ann', 'Bob', 'Chloé'].map((name) => enter(url, name)));
  const [ann, bob] = people.map(({ say }) => say) as [Say, Say];
  await page.page.goto(`${url}/inspector`);
  await page.actor('Chloé').waitFor();
  await (size === 'wide' ? tellAtADesk(page, shoot, ann, bob, people) : showPanes(page, shoot, ann));
  await context.close();
  for (const { socket } of people) socket.terminate();
  await server.close();
}

/** The story: a room is founded, spoken and typed in; somebody goes away; one steps back. */
async function tellAtADesk(
  page: InspectorPage,
  shoot: (name: string) => Promise<void>,
  ann: Say,
  bob: Say,
  people: { socket: WebSocket }[],
): Promise<void> {
  await page.choose('general');
  await page.page.locator('state-chart [data-lit]').first().waitFor();
  ann({ type: 'join', room: 'attic' });
  await page.choose('attic');
  bob({ type: 'join', room: 'attic' });
  ann({ type: 'message', room: 'attic', text: 'Hello, up here!' });
  await events(page).getByRole('row', { name: 'entry.committed' }).last().waitFor();
  bob({ type: 'typing', room: 'attic', typing: true });
  await page.page.getByRole('list', { name: 'Timers' }).getByText('typing.expired').waitFor();
  await shoot('room');

  await events(page).getByRole('row', { name: 'typing.set' }).last().click();
  await page.page.getByRole('region', { name: 'Event details' }).waitFor();
  await shoot('event');
  await page.page.keyboard.press('Escape');

  await page.choose('Chloé');
  people[2]?.socket.terminate();
  await page.page.locator('[data-state="session.away"][data-lit]').waitFor();
  await page.page.locator('state-chart [data-timer]:not([hidden])').first().waitFor();
  await shoot('session');

  await page.choose('attic');
  for (const each of [ann, bob]) each({ type: 'leave', room: 'attic' });
  await page.page.locator('[data-state="room.closed"][data-lit]').waitFor();
  await page.click('Pause');
  await events(page).getByRole('row', { name: 'leave.committed' }).first().click();
  await page.page.locator('[data-state="room.occupied"][data-lit]').waitFor();
  await shoot('recording');
}

async function showPanes(
  page: InspectorPage,
  shoot: (name: string) => Promise<void>,
  ann: Say,
): Promise<void> {
  await shoot('list');
  await page.actor('general').click();
  ann({ type: 'message', room: 'general', text: 'Hello!' });
  await page.page.getByRole('tab', { name: 'Chart' }).click();
  await page.page.locator('state-chart [data-lit]').first().waitFor();
  await shoot('chart');
  await page.page.getByRole('tab', { name: 'Events' }).click();
  await events(page).getByRole('row', { name: 'entry.committed' }).last().waitFor();
  await shoot('events');
  await page.page.getByRole('tab', { name: 'Context' }).click();
  await page.tree.getByRole('treeitem').first().waitFor();
  await shoot('context');
}

function events({ page }: InspectorPage) {
  return page.getByRole('grid', { name: 'Events' });
}

async function enter(url: string, name: string): Promise<{ socket: WebSocket; say: Say }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/chat?name=${encodeURIComponent(name)}`);
  await new Promise((resolve) => socket.once('message', resolve));
  return { socket, say: (frame) => socket.send(JSON.stringify(frame)) };
}
