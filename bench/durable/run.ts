/**
 * `npm run bench:durable [-- --quick]`: what keeping everything costs besides deliveries (those are the scenarios
 * `durable` and `durable-burst` of `npm run bench`): acknowledgements a second, and starting with much on the disk.
 */
import { parseArgs } from 'node:util';
import { measureAcks } from './acks.ts';
import { measureStart } from './starting.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const { quick: isQuick } = parseArgs({ options: { quick: { type: 'boolean', default: false } } }).values;
console.log(await measureAcks(isQuick ? 2 : 5));
console.log(`\n${await measureStart(isQuick ? 100_000 : 1_000_000)}`);
