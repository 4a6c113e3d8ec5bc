import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { type ChatPage, useBrowser } from '../support/browser.ts';
import { layPageLine } from '../support/page-line.ts';
import { startServer } from '../support/server.ts';
import { type Size, views, WINDOWS } from '../support/views.ts';

const browser = useBrowser();

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test.each(['wide', 'phone'] satisfies Size[])('axe finds nothing in any view, %s', async (size) => {
    const server = await startServer();
    const bob = await server.user('Bob');
    await bob.say('general', 'Good morning, @Ann!');
    bob.send({ type: 'message', room: 'general', text: '/me waves' });
    await bob.say('general', 'Look at `npm test` and https://example.org');
    const ann = await browser.open(server.url, { ...WINDOWS[size], colorScheme, reducedMotion: 'reduce' });
    const line = await layPageLine(ann.page);
    await ann.page.evaluate(axe.source);
    for (const view of views.filter(({ sizes }) => sizes.includes(size))) {
      await view.show(ann, size, line);
      if (view.name === 'room') {
        await bob.ask({ type: 'pm', to: 'Ann', text: 'psst' });
        await ann.page.getByRole('button', { name: 'Dismiss' }).waitFor();
      }
      expect({ [view.name]: await faults(ann) }).toEqual({ [view.name]: [] });
    }
  });
});

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

/** What axe finds, in short. */
function faults({ page }: ChatPage): Promise<string[]> {
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
      [id, html.slice(0, 200), failureSummary].join(' | '))))`);
}
