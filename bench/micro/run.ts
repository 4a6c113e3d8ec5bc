/**
 * `npm run bench:micro -- [WORD]`: what each step of a message's way costs by itself; only those with the word in
 * their names. For comparing before and after a change in one sitting, not for comparing machines.
 */
import { Bench } from 'tinybench';
import { decoding } from './decoding.ts';
import { encoding } from './encoding.ts';
import { machines } from './machines.ts';
import { writing } from './writing.ts';

const word = process.argv[2] ?? '';
const bench = new Bench({ time: 500, warmupTime: 250 });
for (const [name, run] of Object.entries({ ...decoding, ...machines, ...encoding, ...writing })) {
  if (name.includes(word)) bench.add(name, run);
}
await bench.run();

const ns = (ms: number) => Math.round(ms * 1e6).toLocaleString('en');
// On a machine with other work beside it, the least says most.
console.log('| step | ns, least | median | times |\n| --- | --: | --: | --: |');
for (const { name, result } of bench.tasks) {
  if (result.state === 'errored') throw result.error;
  if (!('latency' in result)) continue;
  const { min, p50, samplesCount } = result.latency;
  console.log(`| ${name} | ${ns(min)} | ${ns(p50)} | ${samplesCount} |`);
}
