import { fileURLToPath } from 'node:url';
import { packPages } from './pages.ts';

const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Packs the pages to where the built server looks for them. */
export function packOurPages(): Promise<void> {
  return packPages(folder('public'), folder('dist/public'));
}
