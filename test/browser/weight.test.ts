import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

/** Bytes as they travel: compressed, with headers. */
const BUDGET = 75_000;

/** Runs in the page, whose types are not ours: hence text. */
const LOADED = `['navigation', 'resource'].flatMap((type) =>
  performance.getEntriesByType(type).map(({ name, transferSize }) => ({ name, transferSize })))`;

test('the page and all that it loads weigh less than 75 kB', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url);
  await ann.join('Ann');
  const loaded: { name: string; transferSize: number }[] = await ann.page.evaluate(LOADED);
  expect(loaded.some(({ name }) => name.includes('/vendor/xstate.js'))).toBe(true);
  const total = loaded.reduce((sum, { transferSize }) => sum + transferSize, 0);
  console.log(`the page weighs ${Math.round(total / 1_000)} kB in ${loaded.length} answers`);
  expect(total).toBeGreaterThan(20_000);
  expect(total).toBeLessThan(BUDGET);
});
