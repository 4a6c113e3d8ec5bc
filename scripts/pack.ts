/**
 * Packs the pages of `public/` into `dist/public/`: what a browser would ask for in a hundred pieces comes in ten. The
 * modules stay what they are, and the map beside each pack leads the developer tools back to them.
 */
import { fileURLToPath } from 'node:url';
import { packPages } from './pack/pages.ts';

const folder = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
await packPages(folder('public'), folder('dist/public'));
