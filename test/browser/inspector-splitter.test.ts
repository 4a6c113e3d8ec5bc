import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { InspectorPage } from '../support/inspector-page.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

test('the height of the events is set by keys and by drawing, and is kept', async () => {
  const server = await startServer({ INSPECT: true });
  const inspector = new InspectorPage(await browser.open(`${server.url}/inspector`));
  await inspector.choose('general');
  const { page } = inspector;
  const splitter = page.getByRole('separator', { name: 'Height of the events' });
  const events = page.locator('#events-pane');
  const height = async () => (await events.boundingBox())?.height ?? 0;
  const usual = await height();

  await splitter.press('ArrowUp');
  await expect.poll(() => height()).toBeGreaterThan(usual);
  await splitter.press('End');
  await expect.poll(() => splitter.getAttribute('aria-valuenow')).toBe('15');
  await splitter.press('Enter');
  await expect.poll(() => height()).toBeCloseTo(usual, 0);

  const box = await splitter.boundingBox();
  if (!box) throw new Error('the splitter is not on the page');
  await page.mouse.move(box.x + 200, box.y);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y - 100);
  await page.mouse.up();
  await expect.poll(() => height()).toBeGreaterThan(usual + 80);
  const drawn = await height();
  await page.reload();
  await inspector.choose('general');
  await expect.poll(() => height()).toBeCloseTo(drawn, 0);
});
