import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addMany, scrollTo } from './inspector-sequence/diagram.ts';
import { useSequence } from './inspector-sequence/site.ts';

const sequence = useSequence();

// Why a long recording is quick; how quick it is, `npm run bench:page -- sequence` shows.

const MESSAGES = 10_000;
/** Of five messages of the fixture one is a heartbeat, which is hidden at first. */
const SHOWN = 0.8;
/** More than fit into the window, with what is drawn beyond it. */
const ROWS_MAX = 60;
const HEADS_MAX = 30;

/** Notes which rows are written anew, and which elements there ever were. Runs in the page: hence text. */
const OBSERVE = `(() => {
  const grid = document.querySelector('.rows');
  window.written = new Set();
  window.elements = new Set(grid.children);
  window.take = (records) => {
    for (const { target, addedNodes } of records) {
      const row = (target instanceof Element ? target : target.parentElement).closest('.row');
      if (row) window.written.add(row.id);
      else for (const each of addedNodes) window.elements.add(each);
    }
  };
  window.observer = new MutationObserver(window.take);
  window.observer.observe(grid, { subtree: true, childList: true, characterData: true });
})()`;
const NOTED = `(() => {
  window.take(window.observer.takeRecords());
  return { written: window.written.size, elements: window.elements.size };
})()`;

test.each([
  ['few lanes', { sessions: 6, rooms: 3 }],
  ['200 lanes', { sessions: 120, rooms: 80 }],
])('draws of 10,000 messages those in sight, and of new ones only them, between %s', async (_, parties) => {
  const page = await sequence.open();
  await addMany(page, MESSAGES, parties);
  await expect.poll(() => count(page)).toBe(MESSAGES * SHOWN);
  expect(await rows(page)).toBeLessThan(ROWS_MAX);
  expect(await page.locator('.head').count()).toBeLessThan(HEADS_MAX);

  await page.evaluate(OBSERVE);
  for (let i = 1; i <= 3; i++) {
    await addMany(page, 5, parties);
    await expect.poll(() => count(page)).toBe(MESSAGES * SHOWN + 4 * i);
  }
  const arriving = await noted(page);
  expect(arriving.written).toBeLessThanOrEqual(3 * 4);

  // Wherever one turns, the rows that went out of sight are used again.
  for (const top of [0, 100_000, 40_000, 1_000_000]) {
    await scrollTo(page, top);
    expect(await rows(page)).toBeLessThan(ROWS_MAX);
  }
  const text = page.getByRole('searchbox', { name: 'Filter by type or name' });
  await text.fill('committed');
  await expect.poll(() => count(page)).toBe(MESSAGES * 0.2 + 3);
  expect(await rows(page)).toBeLessThan(ROWS_MAX);
  await text.fill('');
  await expect.poll(() => count(page)).toBe(MESSAGES * SHOWN + 12);
  expect((await noted(page)).elements).toBeLessThan(2 * ROWS_MAX);
});

async function count(page: Page): Promise<number> {
  return Number(await page.getByRole('grid', { name: 'Events' }).getAttribute('aria-rowcount'));
}

function rows(page: Page): Promise<number> {
  return page.locator('.row').count();
}

function noted(page: Page): Promise<{ written: number; elements: number }> {
  return page.evaluate(NOTED);
}
