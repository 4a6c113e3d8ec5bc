import { hello, list, rows } from '../../test/inspector/frames.ts';
import { FakeFeed } from '../../test/support/fake-feed.ts';
import type { Figure, Site } from './figure.ts';
import { longestTask } from './long-tasks.ts';

const ACTORS = 10_000;
/** Rows in a frame of the list, as the server sends them. */
const IN_A_FRAME = 500;
const CHANGING = 1_000;

/** The inspector's list with very many actors, of which many change while one searches. */
export async function measureActors({ url, browser }: Site): Promise<Figure[]> {
  const all = Array.from({ length: ACTORS }, (_, n): [string, string, string] => [
    `s:${n}`,
    `session:User${n}`,
    'online',
  ]);
  const pieces = Array.from({ length: ACTORS / IN_A_FRAME }, (_, n) => {
    const end = (n + 1) * IN_A_FRAME;
    return list(all.slice(n * IN_A_FRAME, end), ACTORS - end, n === 0);
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  const feed = await FakeFeed.lay(page, hello(), ...pieces);
  await page.goto(`${url}/inspector`);
  await page.getByRole('button', { name: `Sessions ${ACTORS.toLocaleString('en')}` }).waitFor();
  const actors = page.getByRole('listbox', { name: 'Actors' });
  let round = 0;
  const name = `${ACTORS.toLocaleString('en')} actors, ${CHANGING.toLocaleString('en')} of them changing while one searches`;
  const figure = await longestTask(page, name, async () => {
    const first = (round * CHANGING) % ACTORS;
    const state = `round${round}`;
    feed.send(rows(all.slice(first, first + CHANGING).map(([id, who]) => [id, who, state])));
    await page.getByRole('searchbox', { name: 'Search actors' }).fill(`user${first + 1}`);
    await actors.getByText(state, { exact: true }).first().waitFor();
    round += 1;
  });
  await page.close();
  return [figure];
}
