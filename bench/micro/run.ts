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

console.log('| step | ns, median | ± % | times |\n| --- | --: | --: | --: |');
for (const { name, result } of bench.tasks) {
  if (result.state === 'errored') throw result.error;
  if (!('latency' in result)) continue;
  const { p50, rme, samplesCount } = result.latency;
  console.log(
    `| ${name} | ${Math.round(p50 * 1e6).toLocaleString('en')} | ${rme.toFixed(1)} | ${samplesCount} |`,
  );
}
