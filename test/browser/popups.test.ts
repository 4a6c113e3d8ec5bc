import axe from 'axe-core';
import { expect, test } from 'vitest';
import { type ChatPage, useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

test.each([
  ['light', 1_000],
  ['dark', 320],
] as const)('axe finds nothing in what opens over the page, %s, %i pixels', async (colorScheme, width) => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann', {
    colorScheme,
    viewport: { width, height: 600 },
    reducedMotion: 'reduce',
  });
  const bob = await browser.join(url, 'Bob');
  await ann.page.evaluate(axe.source);
  const { keyboard } = ann.page;

  await ann.composer.pressSequentially('/');
  await ann.page.getByRole('listbox', { name: 'Suggestions' }).waitFor();
  expect(await faults(ann)).toEqual([]);
  await ann.composer.fill('x'.repeat(2_001));
  expect(await faults(ann)).toEqual([]);
  await ann.composer.fill('');

  await ann.click('Emoji');
  await ann.page.getByRole('option').first().waitFor();
  await keyboard.press('ArrowDown');
  expect(await faults(ann)).toEqual([]);
  await keyboard.press('Escape');

  await ann.click('Notifications');
  await ann.page.getByRole('switch', { name: 'Soft sound' }).click();
  expect(await faults(ann)).toEqual([]);
  await keyboard.press('Escape');

  await keyboard.press('Control+k');
  await ann.page.getByRole('dialog').getByRole('option').first().waitFor();
  expect(await faults(ann)).toEqual([]);
  await keyboard.press('Escape');

  await bob.say('/pm Ann psst');
  await ann.page.getByRole('button', { name: 'Dismiss' }).waitFor();
  expect(await faults(ann)).toEqual([]);
  expect(await ann.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
});

function faults({ page }: ChatPage): Promise<string[]> {
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
      [id, html.slice(0, 200), failureSummary].join(' | '))))`);
}
