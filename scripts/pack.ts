/**
 * Packs the pages of `public/` into `dist/public/`: what a browser would ask for in a hundred pieces comes in ten. The
 * modules stay what they are, and the map beside each pack leads the developer tools back to them.
 */
import { packOurPages } from './pack/ours.ts';

await packOurPages();
