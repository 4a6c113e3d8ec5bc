/**
 * `npm run bench -- [NAME...] [--quick] [--rounds N] [--pictures] [--profile FOLDER]`: this server and its peers, in
 * turn, over several rounds, and how far the targets are met. Ends with an error when a message is lost, doubled or
 * out of order; never for a figure.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { profiling } from './load/profiling.ts';
import { picture } from './report/picture.ts';
import { figuresTable, targetsTable } from './report/table.ts';
import type { Result } from './report/verdicts.ts';
import { playRound } from './round.ts';
import { headOf } from './scenario.ts';
import { scenarios } from './scenarios/all.ts';

const ROUNDS = { usual: 5, quick: 1 };

// An exit takes the servers along.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const { values: flags, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    pictures: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});
const rounds = Number(flags.rounds ?? (flags.profile || flags.quick ? ROUNDS.quick : ROUNDS.usual));
profiling.folder = flags.profile;

console.log(
  `node ${process.version}, ws ${versionOf('ws')}, socket.io ${versionOf('socket.io')}, ${cpus().length} × ${cpus()[0]?.model}`,
);
const results: Result[] = [];
for (const scenario of scenarios(names, { isQuick: flags.quick })) {
  profiling.scenario = scenario.name;
  const result: Result = { scenario, rounds: [] };
  for (let round = 1; round <= rounds; round++) {
    const figures = await playRound(scenario);
    result.rounds.push(figures);
    const shown = figures.map(
      (each, i) => `${scenario.entrants[i]?.label} ${each[scenario.shows]?.toFixed(2)}`,
    );
    console.error(
      `${scenario.name}, round ${round} of ${rounds}: ${headOf(scenario, scenario.shows)}: ${shown.join('; ')}`,
    );
  }
  results.push(result);
  console.log(
    `\n\`npm run bench -- ${scenario.name}\`, medians of ${rounds} rounds\n\n${figuresTable(result)}`,
  );
  if (flags.pictures)
    writeFileSync(new URL(`../docs/perf/${scenario.name}.svg`, import.meta.url), picture(result));
}
console.log(`\n${targetsTable(results)}`);

function versionOf(name: string): string {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
