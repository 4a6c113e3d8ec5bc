import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { type ChatPage, useBrowser } from '../support/browser.ts';
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
    await ann.page.evaluate(axe.source);
    for (const view of views.filter(({ sizes }) => sizes.includes(size))) {
      await view.show(ann, size);
      expect({ [view.name]: await faults(ann) }).toEqual({ [view.name]: [] });
    }
  });
});

/** What axe finds, in short. */
function faults({ page }: ChatPage): Promise<string[]> {
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
      [id, html.slice(0, 200), failureSummary].join(' | '))))`);
}
