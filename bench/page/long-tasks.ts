import type { Page } from 'playwright-core';
import type { Figure } from './figure.ts';

/** How often each act is done. */
const TIMES = 5;
/** Milliseconds: shorter ones the browser does not tell of. */
const LEAST = 50;
const TARGET = 100;

// These run in the page, whose types are not ours: hence text.

const OBSERVE = `window.longTasks = [];
  window.observer = new PerformanceObserver((list) => window.longTasks.push(...list.getEntries()));
  window.observer.observe({ type: 'longtask' });`;
/** What is told of is queued after the task: what was not told within two frames was not long. */
const TAKE = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const seen = [...window.longTasks, ...window.observer.takeRecords()].map(({ duration }) => duration);
  window.longTasks = [];
  resolve(seen);
})))`;

/** The longest task of a page during an act: as long as it takes, the page answers nobody. */
export async function longestTask(page: Page, name: string, act: () => Promise<unknown>): Promise<Figure> {
  await page.evaluate(OBSERVE);
  const seen: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    await page.evaluate(TAKE);
    await act();
    seen.push(Math.max(0, ...(await page.evaluate<number[]>(TAKE))));
  }
  await page.evaluate('window.observer.disconnect()');
  return { name: `longest task, ${name}`, seen, target: TARGET, least: LEAST };
}
