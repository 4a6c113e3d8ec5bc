import { fileURLToPath } from 'node:url';
import { packPages } from '../../scripts/pack/pages.ts';

const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Runs once before all tests: whoever has changed a page is to see the tests of the page as it is now. */
export default async function setup(): Promise<void> {
  await packPages(folder('public'), folder('dist/public'));
}
