import { expect, test } from 'vitest';
import { faults } from '../support/axe.ts';
import { type ChatPage, useBrowser } from '../support/browser.ts';
import { layPageLine } from '../support/page-line.ts';
import { startServer } from '../support/server.ts';
import { type Size, views, WINDOWS } from '../support/views.ts';

const browser = useBrowser();

test.each(['wide', 'phone'] satisfies Size[])(
  'axe finds nothing in any view in either theme, %s',
  async (size) => {
    const server = await startServer();
    const bob = await server.user('Bob');
    await bob.say('general', 'Good morning, @Ann!');
    bob.send({ type: 'message', room: 'general', text: '/me waves' });
    await bob.say('general', 'Look at `npm test` and https://example.org');
    const ann = await browser.open(server.url, {
      ...WINDOWS[size],
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    const line = await layPageLine(ann.page);
    for (const view of views.filter(({ sizes }) => sizes.includes(size))) {
      await view.show(ann, size, line);
      if (view.name === 'room') {
        await bob.ask({ type: 'pm', to: 'Ann', text: 'psst' });
        await ann.page.getByRole('button', { name: 'Dismiss' }).waitFor();
      }
      expect({ [view.name]: await faults(ann.page) }).toEqual({ [view.name]: [] });
      expect({ [view.name]: await ann.page.evaluate(SMALL) }).toEqual({ [view.name]: [] });
    }
  },
);

test('no view is wider than 320 pixels, and none but the form has another header', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  await bob.say('general', 'Good morning, @Ann!');
  const ann = await browser.open(server.url, { ...WINDOWS.phone, viewport: { width: 320, height: 568 } });
  const line = await layPageLine(ann.page);
  let height: number | undefined;
  for (const view of views.filter(({ sizes }) => sizes.includes('phone'))) {
    await view.show(ann, 'phone', line);
    const excess = await ann.page.evaluate('document.documentElement.scrollWidth - 320');
    expect({ [view.name]: excess }).toEqual({ [view.name]: 0 });
    if (view.name.startsWith('join')) continue;
    const header = await ann.page.locator('.top').boundingBox();
    height ??= header?.height;
    expect({ [view.name]: header?.height }).toEqual({ [view.name]: height });
  }
});

test('shows where the focus is, wherever Tab leads', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  await bob.say('general', 'see https://example.org');
  const ann = await browser.open(server.url, { reducedMotion: 'reduce' });
  const formStops = await unmarked(ann);
  await ann.join('Ann');
  await ann.sees('see https://example.org');
  await bob.ask({ type: 'pm', to: 'Ann', text: 'psst' });
  await ann.page.getByRole('button', { name: 'Dismiss' }).waitFor();
  const roomStops = await unmarked(ann);
  await ann.click('Notifications');
  const settingsStops = await unmarked(ann);
  for (const { stops, plain } of [formStops, roomStops, settingsStops]) {
    expect(plain).toEqual([]);
    expect(stops).toBeGreaterThan(2);
  }
  expect(roomStops.stops).toBeGreaterThan(15);
});

/** Goes once through all that Tab leads to: how many places, and which of them show no outline. */
async function unmarked({ page }: ChatPage): Promise<{ stops: number; plain: string[] }> {
  const plain: string[] = [];
  await page.evaluate('window.met = new Set()');
  for (let stops = 0; stops < 80; ) {
    await page.keyboard.press('Tab');
    const { isOut, isMet, html, isMarked } = await page.evaluate<Stop>(STOP);
    if (isMet) return { stops, plain };
    if (isOut) continue;
    stops++;
    if (!isMarked) plain.push(html);
  }
  throw new Error('Tab leads nowhere twice');
}

interface Stop {
  isOut: boolean;
  isMet: boolean;
  html: string;
  isMarked: boolean;
}

// These run in the page, whose types are not ours: hence text.

const STOP = `(() => {
  const { activeElement: at } = document;
  const isMet = window.met.has(at);
  window.met.add(at);
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const isMarked = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  return { isOut: at === document.body, isMet, html: at.outerHTML.slice(0, 100), isMarked };
})()`;

/** What one can press or write in, and is less than 24 pixels wide or high; links within a sentence may be. */
const SMALL = `[...document.querySelectorAll('button, input, textarea, summary, [role="option"], [role="switch"]')]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }))
  .filter((each) => { const { width, height } = each.getBoundingClientRect(); return width < 24 || height < 24; })
  .map((each) => each.outerHTML.slice(0, 150))`;
