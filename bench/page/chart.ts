import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Figure, Site } from './figure.ts';

const PAGE = readFileSync(new URL('../../test/browser/inspector-chart.html', import.meta.url), 'utf8');
const PLAIN = fileURLToPath(new URL('../../public', import.meta.url));
const STATES = 100;
const TIMES = 5;
/** Milliseconds. */
const TARGET = 1_000;

/** A statechart of very many states: what elk takes for it in its worker, and what the page takes to draw it. */
export async function measureChart({ url, browser }: Site): Promise<Figure[]> {
  const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
  await page.route('**/inspector', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: PAGE });
  });
  // The server has them packed, for the whole inspector.
  await page.route(/\.(js|css)$/, (route) => {
    const { pathname } = new URL(route.request().url());
    return pathname.startsWith('/vendor/') ? route.continue() : route.fulfill({ path: PLAIN + pathname });
  });
  await page.goto(`${url}/inspector`);
  await page.evaluate(`customElements.whenDefined('state-chart').then(() => {})`);
  const laidOut: number[] = [];
  const drawn: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const definition = JSON.stringify(hundredStates(`chart${i}`));
    laidOut.push(await page.evaluate<number>(layOut(definition)));
    drawn.push(await page.evaluate<number>(draw(definition)));
  }
  await page.close();
  const name = `a statechart of ${STATES} states`;
  return [
    { name: `${name}, laid out by a worker and drawn`, seen: laidOut },
    { name: `${name}, drawn`, seen: drawn, target: TARGET },
  ];
}

// These run in the page, whose types are not ours: hence text.

const layOut = (definition: string) => `new Promise((resolve) => {
  const chart = document.querySelector('state-chart');
  const start = performance.now();
  chart.showMachine(${JSON.stringify(definition)});
  requestAnimationFrame(function look() {
    if (chart.dataset.view === 'chart') resolve(performance.now() - start);
    else requestAnimationFrame(look);
  });
})`;
const draw = (definition: string) => `(() => {
  const chart = document.querySelector('state-chart');
  chart.showMachine(undefined);
  const start = performance.now();
  chart.showMachine(${JSON.stringify(definition)});
  chart.getBoundingClientRect();
  return performance.now() - start;
})()`;

/** A ring with some ways across. */
function hundredStates(id: string) {
  const states = Object.fromEntries(
    Array.from({ length: STATES }, (_, i) => {
      const far = i % 4 === 0 && { FAR: { guard: 'isFar', target: `s${(i * 7) % STATES}` } };
      return [`s${i}`, { entry: 'begin', on: { NEXT: `s${(i + 1) % STATES}`, ...far } }];
    }),
  );
  return { id, initial: 's0', states };
}
