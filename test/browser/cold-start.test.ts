import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

// Why one can soon type a name; how soon, `npm run bench:page -- cold` shows.

/** Runs in the page, whose types are not ours: hence text. */
const PAINTS = `performance.getEntriesByName('first-contentful-paint').length`;
/** At every frame from the first on. */
const NOTE_WHETHER_FORM_SHOWS = `window.shown = [];
  requestAnimationFrame(function look() {
    const form = document.querySelector('join-form');
    if (form) window.shown.push(form.checkVisibility({ visibilityProperty: true }));
    requestAnimationFrame(look);
  });`;

const browser = useBrowser();

test('asks for all its modules before it has any, and is painted when it has the first two', async () => {
  const { url } = await startServer();
  const first = await untilFirstScript(url);
  const { page } = await browser.open('about:blank');
  const modules = await holdModules(page);
  const loading = page.goto(url);
  // The last in the head.
  await expect.poll(() => modules.asked).toContain('/app.js');
  const asked = [...modules.asked];
  expect(asked).toEqual(expect.arrayContaining(first));
  expect(await page.evaluate(PAINTS)).toBe(0);

  await modules.release(...first);
  await expect.poll(() => page.evaluate(PAINTS)).toBe(1);
  const join = page.getByRole('button', { name: 'Join chat' });
  expect(await join.isDisabled()).toBe(true);

  await modules.release(...asked);
  await loading;
  await join.and(page.locator(':enabled')).waitFor();
  expect(modules.asked).toEqual(asked);
});

test.each(['/', '/inspector'])('%s asks for few pieces, and for none twice', async (path) => {
  const { url } = await startServer({ INSPECT: true });
  const { page } = await browser.open('about:blank');
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/\.(js|css)$/.test(pathname)) asked.push(pathname);
  });
  await page.goto(url + path);
  // The page, one style sheet, and what the two scripts share.
  expect(asked.length).toBeLessThan(10);
  expect(new Set(asked).size).toBe(asked.length);
});

test('who loads the page anew never sees the form on the way back', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  await ann.page.addInitScript(NOTE_WHETHER_FORM_SHOWS);
  await ann.page.reload();
  await ann.composer.waitFor();
  await ann.isConnected();
  const shown: boolean[] = await ann.page.evaluate('window.shown');
  expect(shown.length).toBeGreaterThan(0);
  expect(shown).not.toContain(true);
});

test('who loads the page anew sees what is in the way when the server is gone', async () => {
  const server = await startServer();
  const ann = await browser.join(server.url, 'Ann');
  await ann.page.routeWebSocket(/\/ws\/chat/, (socket) => socket.close());
  await ann.page.reload();
  await ann.page.getByRole('alert').getByText('The server does not answer. Trying again…').waitFor();
  expect(await ann.page.getByRole('textbox', { name: 'Username' }).inputValue()).toBe('Ann');
});

/** The modules that the page names up to its first script, which it waits for before it is painted. */
async function untilFirstScript(url: string): Promise<string[]> {
  const html = await (await fetch(url)).text();
  const [head = ''] = html.split(' blocking="render"');
  return [...head.matchAll(/(?:modulepreload" href|module" src)="([^"]+)"/g)].map(([, path]) => `/${path}`);
}

/** Keeps all modules from the page until they are released. */
async function holdModules(page: Page) {
  const held = new Map<string, Route>();
  const asked: string[] = [];
  const goOn = async (path: string) => {
    const route = held.get(path);
    held.delete(path);
    await route?.continue();
  };
  let released: readonly string[] = [];
  await page.route('**/*.js', (route) => {
    const path = new URL(route.request().url()).pathname;
    asked.push(path);
    held.set(path, route);
    // One that is asked for only now must not hold up the page, but be seen.
    return released.includes('/app.js') ? goOn(path) : undefined;
  });
  return {
    asked: asked as readonly string[],
    async release(...paths: string[]) {
      released = paths;
      await Promise.all(paths.map(goOn));
    },
  };
}
