import { existsSync, readFileSync, writeFileSync } from 'node:fs';

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

/** Stryker cannot tell whether a new test has to do with what runs on loading: what survived is tried again. */
export function forgetSurvivors(path: string): void {
  if (!existsSync(path)) return;
  const known = readReport(path);
  for (const file of Object.values(known.files)) file.mutants = file.mutants.filter(isFound);
  writeFileSync(path, JSON.stringify(known));
}

/**
 * Prints who survived, and the score.
 * @param paths of reports; those that there are not yet are passed over
 */
export function printReport(paths: readonly string[]): void {
  const files = paths.filter(existsSync).flatMap((path) => Object.entries(readReport(path).files));
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

function readReport(path: string): Report {
  const report = JSON.parse(readFileSync(path, 'utf8')) as Report;
  for (const file of Object.values(report.files)) {
    file.mutants = file.mutants.filter(({ status }) => status !== 'Ignored');
  }
  return report;
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
  // A choice of ours is known by what follows on its `true`.
  if (mutatorName !== 'BooleanLiteral') lines.push((lines.pop() ?? '').slice(0, end.column - 1));
  lines.unshift((lines.shift() ?? '').slice(start.column - 1));
  const before = lines.join(' ').replace(/\s+/g, ' ').slice(0, 100);
  return `${path}:${start.line}:${start.column} ${status}, ${mutatorName}\n  - ${before}\n  + ${replacement}`;
}
