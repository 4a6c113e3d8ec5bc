/** `npm run test:chaos -- [--kills 100] [--seed 1]`: kills the server over and over while clients write to it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { violationsIn } from './checker.ts';
import { storm } from './storm.ts';

const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
const kills = Number(values.kills ?? 100);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const directory = mkdtempSync(join(tmpdir(), 'troupe-chaos-'));
const begun = Date.now();
console.log(`seed ${seed}, ${kills} kills`);
const outcome = await storm({
  directory: join(directory, 'data'),
  kills,
  seed,
  progress(kill, acknowledged) {
    if (kill % 10 === 0) console.log(`${kill} kills, ${acknowledged} acknowledged`);
  },
});
const violations = violationsIn(outcome);
const partial = outcome.notes.filter((note) => note.kind === 'resumed' && !note.recovered).length;
const count = (kind: string) => outcome.notes.filter((note) => note.kind === kind).length;
console.log(
  `${kills} kills in ${Math.round((Date.now() - begun) / 1000)} s: ${count('sent')} sent, ${count('acked')} acks, ` +
    `${count('received') + count('private')} received, ${count('resumed')} resumes, ${partial} of them not whole`,
);
for (const violation of violations.slice(0, 50)) console.error(violation);
if (violations.length === 0) rmSync(directory, { recursive: true });
else console.error(`${violations.length} violations; the directory is ${directory}`);
process.exit(violations.length === 0 ? 0 : 1);
