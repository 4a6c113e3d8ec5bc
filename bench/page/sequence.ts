import type { Page } from 'playwright-core';
import { serveSequence } from '../../test/browser/inspector-sequence/serve.ts';
import type { Figure, Site } from './figure.ts';
import { longestTask } from './long-tasks.ts';

const MESSAGES = 10_000;
const A_SECOND = 100;
const STORM_SECONDS = 2;

const PARTIES = {
  'few lanes': { sessions: 6, rooms: 3 },
  '200 lanes': { sessions: 120, rooms: 80 },
};

// These run in the page, whose types are not ours: hence text.

/** New messages as the page hands them on: what came within 100 ms together. */
const STORM = `new Promise((resolve) => {
  let batches = ${STORM_SECONDS * 10};
  const timer = setInterval(() => {
    fixture.addMany(${A_SECOND / 10}, parties);
    if (--batches > 0) return;
    clearInterval(timer);
    resolve();
  }, 100);
})`;
/** From the end to the start and back, a window at a frame. */
const SCROLL = `new Promise((resolve) => {
  const scroller = document.querySelector('.scroller');
  let frames = 120;
  requestAnimationFrame(function scroll() {
    scroller.scrollTop += frames > 60 ? -4_000 : 4_000;
    if (--frames > 0) requestAnimationFrame(scroll);
    else resolve();
  });
})`;

/** The inspector's sequence diagram with a long recording. */
export async function measureSequence({ browser }: Site): Promise<Figure[]> {
  const site = await serveSequence();
  const figures: Figure[] = [];
  for (const [lanes, parties] of Object.entries(PARTIES)) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(site.url);
    await page.locator('html[data-ready]').waitFor();
    await page.evaluate(`window.parties = ${JSON.stringify(parties)}; fixture.addMany(${MESSAGES}, parties)`);
    await page.getByRole('row').first().waitFor();
    figures.push(
      await longestTask(page, `sequence, ${lanes}: ${A_SECOND} messages a second`, () =>
        page.evaluate(STORM),
      ),
      await longestTask(page, `sequence, ${lanes}: scrolling`, () => page.evaluate(SCROLL)),
      await longestTask(page, `sequence, ${lanes}: filtering`, () => filter(page)),
    );
    await page.close();
  }
  site.close();
  return figures;
}

async function filter(page: Page): Promise<void> {
  const text = page.getByRole('searchbox', { name: 'Filter by type or name' });
  const hidden = page.getByRole('row', { name: 'message.post' }).first();
  await text.fill('committed');
  await hidden.waitFor({ state: 'detached' });
  await text.fill('');
  await hidden.waitFor({ state: 'attached' });
}
