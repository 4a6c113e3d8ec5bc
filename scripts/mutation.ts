/**
 * `npm run test:mutation [part…]`: tries mutants, a part after another, and prints which are not found, and the score.
 * With `--own` these are of the kinds in `mutation/choices.ts`, with `--report` it prints what is known so far. See
 * docs/TESTING.md.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parts } from '../test/mutation/parts.mjs';
import { copyWithChoices } from './mutation/copy.ts';
import { forgetSurvivors, printReport } from './mutation/report.ts';

const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith('-'));
const unknown = wanted.find((name) => !parts[name]);
if (unknown !== undefined) throw new Error(`No part ${unknown}: there are ${Object.keys(parts).join(', ')}`);

const own = args.includes('--own');
const project = own ? '.stryker/own' : '.';
if (!args.includes('--report')) {
  if (own) copyWithChoices(project);
  for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) run(name);
}
printReport(Object.keys(parts).map(reportOf));

function run(name: string): void {
  console.log(`\n${name}`);
  forgetSurvivors(reportOf(name));
  const env = { ...process.env, MUTATION_PART: name, ...(own && { MUTATION_OF: 'choices' }) };
  const { status } = spawnSync('npx', ['stryker', 'run'], {
    stdio: 'inherit',
    cwd: project,
    env,
  });
  if (status !== 0) process.exit(status ?? 1);
}

function reportOf(name: string): string {
  return join(project, '.stryker', `${name}.json`);
}
