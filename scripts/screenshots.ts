import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { defaultConfig } from '../src/config.ts';
import { createServer } from '../src/server.ts';
import { ChatPage, launchBrowser } from '../test/support/browser.ts';
import { ensureChromium } from '../test/support/chromium.ts';

// Plays a short scene on a real server and takes the picture that the README shows.

const PICTURE = fileURLToPath(new URL('../docs/images/chat.png', import.meta.url));
const WINDOW = { width: 1120, height: 700 };

await ensureChromium();
const server = createServer(defaultConfig({ PORT: 0, LOG_LEVEL: 'silent' }));
const { url } = await server.listen();
const browser = await launchBrowser();
try {
  const ann = await playScene(browser, url);
  await ann.page.screenshot({ path: PICTURE });
} finally {
  await browser.close();
  await server.close();
}

/** @returns the page of the one over whose shoulder we look */
async function playScene(stage: Browser, address: string): Promise<ChatPage> {
  const ann = await enter(stage, address, 'Ann');
  const bob = await enter(stage, address, 'Bob');
  const chloe = await enter(stage, address, 'Chloé');
  await ann.createRoom('rehearsal');
  await bob.openRoom('rehearsal');
  await chloe.openRoom('rehearsal');
  await ann.sees('Chloé joined');

  const lines: [ChatPage, string][] = [
    [ann, 'Is everybody here? We start with the second act.'],
    [bob, 'Here, with the props.'],
    [bob, 'The lantern works again!'],
    [chloe, '/me tunes the violin'],
    [ann, 'Lovely. From the letter scene, then:\nBob enters left, Chloé is already at the window.'],
    [chloe, 'Ready when you are.'],
  ];
  for (const [who, line] of lines) {
    await who.say(line);
    await ann.log.getByText(line.replace(/^\/me /, '')).waitFor();
  }
  await chloe.say('/pm Ann The new ending is in your mailbox.');
  await chloe.openRoom('general');
  await chloe.say('Has anyone seen my score?');
  await ann.rooms.getByText('1 new').first().waitFor();
  await bob.composer.pressSequentially('One moment');
  await ann.page.getByText('Bob is typing').waitFor();
  return ann;
}

async function enter(stage: Browser, address: string, name: string): Promise<ChatPage> {
  const context = await stage.newContext({ viewport: WINDOW, deviceScaleFactor: 2, locale: 'en-GB' });
  const person = new ChatPage({ page: await context.newPage(), complaints: [] });
  await person.page.goto(address);
  await person.join(name);
  return person;
}
