/**
 * `npm run bench -- [--quick] [--inspector | --durable] [--profile <folder>]`: this server and its peer, or this server
 * with and without somebody who watches its actors, or with and without a disk, in turn, over several rounds.
 * Ends with an error when a message is lost, doubled or out of order; never for a figure.
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureAcks } from './acks.ts';
import { measureArrival } from './arrival.ts';
import { bareWs, keeping, ours, watched } from './contenders.ts';
import { measure } from './measure.ts';
import { measureStart } from './starting.ts';
import { type Result, table } from './table.ts';
import { works } from './works.ts';

// An exit takes the servers along.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    inspector: { type: 'boolean', default: false },
    durable: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});
const rounds = flags.profile ? 1 : flags.quick ? 3 : 7;
const nodeFlags = flags.profile ? ['--cpu-prof', `--cpu-prof-dir=${flags.profile}`] : [];
/** The last is what the others are compared with. */
const contenders = flags.durable ? keeping : flags.inspector ? watched : [ours, bareWs];
const names = contenders.map(({ name }) => name);

console.log(`node ${process.version}, ws ${versionOf('ws')}, ${cpus().length} × ${cpus()[0]?.model}`);
const results: Result[] = works(flags.quick).map((work) => ({ work, rounds: [] }));
for (let round = 1; round <= rounds; round++) {
  for (const result of results) {
    const figures = await measure(contenders, result.work, nodeFlags);
    result.rounds.push(figures);
    const costs = figures.map(({ cpuPerDelivery }, i) => `${names[i]} ${cpuPerDelivery.toFixed(2)} µs`);
    console.error(`round ${round} of ${rounds}, ${result.work.name}: ${costs.join(', ')}`);
  }
}
console.log(`\nMedians of ${rounds} rounds\n\n${table(contenders, results)}`);
if (flags.durable) {
  console.log(`\n${await measureAcks(flags.quick ? 2 : 5)}`);
  console.log(`\n${await measureStart(flags.quick ? 100_000 : 1_000_000)}`);
}
if (flags.inspector) console.log(`\n${await measureArrival(flags.quick ? 2_000 : 10_000)}`);

function versionOf(name: string): string {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
