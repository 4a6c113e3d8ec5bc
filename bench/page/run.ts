/**
 * `npm run bench:page [-- NAME…]`: how quick the pages are, in a headless Chromium, on this machine as it is now.
 * Names are those of `measurements`; without one, all are made. Ends with an error when something does not work, never
 * for a figure.
 */
import { cpus, loadavg } from 'node:os';
import { launchBrowser } from '../../test/support/browser.ts';
import { ours, withSettings } from '../servers/contenders.ts';
import { start } from '../servers/start.ts';
import { measureActors } from './actors.ts';
import { measureChart } from './chart.ts';
import { measureColdStart } from './cold-start.ts';
import type { Figure, Measurement } from './figure.ts';
import { measureLog } from './log.ts';
import { measureSequence } from './sequence.ts';
import { table } from './table.ts';

const measurements: Record<string, Measurement> = {
  cold: measureColdStart,
  log: measureLog,
  sequence: measureSequence,
  actors: measureActors,
  chart: measureChart,
};

// An exit takes the server along.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in measurements));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}: choose from ${Object.keys(measurements).join(', ')}`);
  process.exit(1);
}

const load = () => `load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} × ${cpus()[0]?.model}`;
const server = await start(withSettings(ours, { INSPECT: '1', MAX_QUEUE_BYTES: '100000000' }));
const browser = await launchBrowser();
console.log(`node ${process.version}, Chromium ${browser.version()}; ${load()} before`);
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(measurements)) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.error(`measuring: ${name}`);
  figures.push(...(await measure({ url: `http://127.0.0.1:${server.port}`, browser })));
}
await browser.close();
await server.stop();
console.log(`${load()} after\n\n${table(figures)}`);
