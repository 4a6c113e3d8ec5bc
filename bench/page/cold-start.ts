import { launchBrowser } from '../../test/support/browser.ts';
import type { Figure, Site } from './figure.ts';

const STARTS = 8;
/** Milliseconds from the beginning of the navigation until one can type a name and send it. */
const TARGET = 1_000;

// These run in the page, whose types are not ours: hence text.

const NOTE_WHEN_USABLE = `document.addEventListener('focusin', ({ target }) => {
  if (target.id === 'username' && !target.form.elements[1].disabled) window.usableAt ??= performance.now();
})`;
const FIGURES = `({
  painted: performance.getEntriesByName('first-contentful-paint')[0].startTime,
  usable: window.usableAt,
})`;

/** The chat page in browsers that have just been started and have nothing cached. */
export async function measureColdStart({ url }: Site): Promise<Figure[]> {
  const starts: { painted: number; usable: number }[] = [];
  for (let i = 0; i < STARTS; i++) starts.push(await openCold(url));
  return [
    { name: 'cold start: first paint', seen: starts.map(({ painted }) => painted) },
    { name: 'cold start: one can type a name', seen: starts.map(({ usable }) => usable), target: TARGET },
  ];
}

async function openCold(url: string): Promise<{ painted: number; usable: number }> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.addInitScript(NOTE_WHEN_USABLE);
    await page.goto(url);
    await page.locator('#username:focus').waitFor();
    return await page.evaluate(FIGURES);
  } finally {
    await browser.close();
  }
}
