import axe from 'axe-core';
import type { Page } from 'playwright-core';

const OF_COLOURS = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/**
 * What axe finds in a page, in short; in the dark theme only what colours decide, since nothing else differs there. The
 * page must be in the light theme, and nothing on it move.
 * @param options of axe.run
 */
export async function faults(page: Page, options: object = {}, where = 'document'): Promise<string[]> {
  const light = await run(page, options, where);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await run(page, OF_COLOURS, where);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((each) => `dark: ${each}`)];
}

/** Runs in the page, whose types are not ours: hence text. */
async function run(page: Page, options: object, where: string): Promise<string[]> {
  if (!(await page.evaluate(`'axe' in window`))) await page.evaluate(axe.source);
  return page.evaluate(`axe.run(${where}, ${JSON.stringify({ resultTypes: ['violations'], ...options })})
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
      [id, html.slice(0, 200), failureSummary].join(' | '))))`);
}
