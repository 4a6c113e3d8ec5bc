/**
 * `npm run test:mutation [part…]`: tries mutants, a part after another, and prints which are not found, and the score.
 * With `--report` it prints what is known so far. See docs/TESTING.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parts } from '../test/mutation/parts.mjs';

/** A report in the format of mutation-testing-elements, as far as it is read here. */
interface Report {
  files: Record<string, { source: string; mutants: Mutant[] }>;
}

interface Mutant {
  status: string;
  mutatorName: string;
  replacement?: string;
  location: { start: Position; end: Position };
}

interface Position {
  line: number;
  column: number;
}

const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith('-'));
const unknown = wanted.find((name) => !parts[name]);
if (unknown !== undefined) throw new Error(`No part ${unknown}: there are ${Object.keys(parts).join(', ')}`);

if (!args.includes('--report')) for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) run(name);
report();

function run(name: string): void {
  console.log(`\n${name}`);
  forgetSurvivors(`.stryker/${name}.json`);
  const env = { ...process.env, MUTATION_PART: name };
  const { status } = spawnSync('npx', ['stryker', 'run'], { stdio: 'inherit', env });
  if (status !== 0) process.exit(status ?? 1);
}

/** Stryker cannot tell whether a new test has to do with what runs on loading: what survived is tried again. */
function forgetSurvivors(path: string): void {
  if (!existsSync(path)) return;
  const known = JSON.parse(readFileSync(path, 'utf8')) as Report;
  for (const file of Object.values(known.files)) file.mutants = file.mutants.filter(isFound);
  writeFileSync(path, JSON.stringify(known));
}

function report(): void {
  const paths = Object.keys(parts).map((name) => `.stryker/${name}.json`);
  const reports = paths.filter((path) => existsSync(path)).map((path) => readFileSync(path, 'utf8'));
  const files = reports.flatMap((text) => Object.entries((JSON.parse(text) as Report).files));
  for (const [path, { source, mutants }] of files) {
    for (const mutant of mutants) if (!isFound(mutant)) console.log(words(path, source, mutant));
  }
  const folders = [...new Set(files.map(([path]) => folderOf(path)))].sort();
  const rows = folders.map((folder) =>
    counts(
      folder,
      files.filter(([path]) => folderOf(path) === folder),
    ),
  );
  console.table([...rows, counts('all', files)]);
}

/** `src/actors` of whatever lies below it, `src` of what lies in no folder. */
function folderOf(path: string): string {
  return path.split('/').slice(0, -1).slice(0, 2).join('/');
}

function counts(what: string, files: [string, { mutants: Mutant[] }][]) {
  const mutants = files.flatMap(([, file]) => file.mutants);
  const of = (status: string) => mutants.filter((mutant) => mutant.status === status).length;
  const found = mutants.filter(isFound).length;
  return {
    what,
    mutants: mutants.length,
    killed: of('Killed'),
    'timed out': of('Timeout'),
    survived: of('Survived'),
    'no coverage': of('NoCoverage'),
    'score in %': ((100 * found) / mutants.length).toFixed(2),
  };
}

function isFound({ status }: Mutant): boolean {
  return status === 'Killed' || status === 'Timeout';
}

/** Where it is, what stood there and what took its place. */
function words(path: string, source: string, { location, mutatorName, replacement, status }: Mutant): string {
  const { start, end } = location;
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines.push((lines.pop() ?? '').slice(0, end.column - 1));
  lines.unshift((lines.shift() ?? '').slice(start.column - 1));
  const before = lines.join(' ').replace(/\s+/g, ' ').slice(0, 100);
  return `${path}:${start.line}:${start.column} ${status}, ${mutatorName}\n  - ${before}\n  + ${replacement}`;
}
