import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { defaultConfig } from '../src/config.ts';
import { createServer } from '../src/server.ts';
import { ChatPage, launchBrowser } from '../test/support/browser.ts';
import { ensureChromium } from '../test/support/chromium.ts';
import { layPageLine } from '../test/support/page-line.ts';
import { type Size, views, WINDOWS } from '../test/support/views.ts';
import { portrayInspector } from './inspector/portrait.ts';

// Plays a short scene on a real server and takes a picture of every view, in both themes and on a phone: those that the
// README shows among them. With a directory as its argument they go there.

const DIRECTORY = process.argv[2] ?? fileURLToPath(new URL('../docs/images', import.meta.url));

await ensureChromium();
const browser = await launchBrowser();
try {
  if (!process.argv[2]) await rm(DIRECTORY, { recursive: true, force: true });
  for (const size of ['wide', 'phone'] as const) {
    for (const theme of ['light', 'dark'] as const) await portray(size, theme);
  }
  await portrayInspector(browser, DIRECTORY);
} finally {
  await browser.close();
}

/** Goes through all views as Ann. */
async function portray(size: Size, theme: 'light' | 'dark'): Promise<void> {
  const server = createServer(defaultConfig({ PORT: 0, LOG_LEVEL: 'silent', RATE_BURST: 1_000 }));
  const { url } = await server.listen();
  const others = await playScene(browser, url);
  const context = await browser.newContext({
    ...WINDOWS[size],
    colorScheme: theme,
    deviceScaleFactor: 1.5,
    locale: 'en-GB',
  });
  const ann = new ChatPage({ page: await context.newPage(), complaints: [] });
  const line = await layPageLine(ann.page);
  await ann.page.goto(url);
  for (const view of views.filter(({ sizes }) => sizes.includes(size))) {
    await view.show(ann, size, line);
    if (view.name === 'room') await others.greet(ann);
    const path = `${DIRECTORY}/${view.name}-${size}-${theme}.png`;
    await ann.page.screenshot({ path, caret: 'initial' });
    if (view.name === 'room') await ann.click('Dismiss');
  }
  await server.close();
  await Promise.all([context, ...others.contexts].map((each) => each.close()));
}

/** What others have said before Ann comes, and how they greet her. */
async function playScene(stage: Browser, url: string) {
  const bob = await enter(stage, url, 'Bob');
  const chloe = await enter(stage, url, 'Chloé');
  await chloe.createRoom('rehearsal');
  await chloe.openRoom('general');
  const lines: [ChatPage, string][] = [
    [bob, 'We start with the second act today.'],
    [bob, 'The lantern works again!'],
    [chloe, '/me tunes the violin'],
    [chloe, 'From the letter scene, then:\nBob enters left, I am already at the window.'],
    [bob, 'Here is the score: https://example.org/second-act'],
    [bob, 'Good morning, @Ann!'],
  ];
  for (const [who, line] of lines) {
    await who.say(line);
    await bob.log
      .getByText(line.replace(/^\/me /, '').split(/\n|https|@/)[0] ?? '')
      .first()
      .waitFor();
  }
  const contexts = [bob, chloe].map(({ page }) => page.context());
  return {
    contexts,
    async greet(ann: ChatPage): Promise<void> {
      await ann.say('Morning! On my way, with coffee for everybody.');
      await ann.sees('Morning! On my way, with coffee for everybody.');
      await chloe.say('/pm Ann The new ending is in your mailbox.');
      await ann.page.getByText('1 new').first().waitFor({ state: 'attached' });
      await bob.composer.pressSequentially('One moment');
      await ann.page.getByText('Bob is typing').waitFor();
    },
  };
}

async function enter(stage: Browser, url: string, name: string): Promise<ChatPage> {
  const context = await stage.newContext({ ...WINDOWS.wide, locale: 'en-GB' });
  const person = new ChatPage({ page: await context.newPage(), complaints: [] });
  await person.page.goto(url);
  await person.join(name);
  return person;
}
