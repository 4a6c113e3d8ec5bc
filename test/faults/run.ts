/**
 * `npm run test:faults`: plants every fault of `planted/`, one at a time, in a copy of the project, and sees that the
 * test that names it fails. With words behind it (`-- typing`), only the faults whose test has them in its name.
 */
import { availableParallelism } from 'node:os';
import { Copy } from './copy.ts';
import type { Fault, Planted } from './fault.ts';
import { planted } from './planted/all.ts';
import { compile, type Verdict, verdictsOn } from './verdict.ts';

/** Most of the time goes by waiting for what does not come. */
const COPIES = Math.min(availableParallelism() + 1, 4);

type Task = Planted & { fault: Fault };

const wanted = process.argv.slice(2).join(' ');
const chosen = planted.filter(({ name }) => name.includes(wanted));
const tasks = chosen.flatMap((each) => each.faults.map((fault): Task => ({ ...each, fault })));
if (tasks.length === 0) throw new Error(`No fault is named so: ${wanted}`);

const copies = Array.from({ length: Math.min(COPIES, tasks.length) }, () => new Copy());
process.on('exit', () => {
  for (const copy of copies) copy.delete();
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

process.exitCode = (await isSound()) && (await areCaught()) ? 0 : 1;

/** Whether the tests pass with nothing planted, and the compiler finds nothing in what is. */
async function isSound(): Promise<boolean> {
  const complaints: string[] = [];
  const tests = [...new Set(chosen.map((each) => each.test))];
  await Promise.all(
    copies.map(async (copy) => {
      for (let test = tests.shift(); test; test = tests.shift())
        complaints.push(...(await failures(copy, test)));
    }),
  );
  complaints.push(...(await notCompiled()));
  for (const complaint of complaints) console.error(complaint);
  return complaints.length === 0;
}

/** Of the tests of a file, with nothing planted. What fails is tried again: a busy machine may be late. */
async function failures(copy: Copy, test: string): Promise<string[]> {
  let names = chosen.filter((each) => each.test === test).map(({ name }) => name);
  let failed: [string, Verdict][] = [];
  for (let tries = 0; tries < 2 && names.length > 0; tries++) {
    failed = [...(await verdictsOn(copy, test, names))].filter(([, { kind }]) => kind !== 'passed');
    names = failed.map(([name]) => name);
  }
  return failed.map(([name, verdict]) => `Without any fault, "${name}": ${words(verdict)}`);
}

/** What the compiler catches needs no test. As many faults at a time as there is room for, each in its own place. */
async function notCompiled(): Promise<string[]> {
  const [copy] = copies as [Copy];
  const complaints: string[] = [];
  let left = tasks.map(({ fault }) => fault);
  for (let planted = true; planted; ) {
    const before = left.length;
    left = left.filter((fault) => !isPlanted(copy, fault));
    // Those that cannot be planted at all say so when their turn comes.
    planted = left.length < before;
    if (planted) complaints.push(await compile(copy));
    copy.restore();
  }
  return complaints.filter((output) => output !== '');
}

function isPlanted(copy: Copy, fault: Fault): boolean {
  try {
    copy.plant(fault);
    return true;
  } catch {
    return false;
  }
}

async function areCaught(): Promise<boolean> {
  const waiting = [...tasks];
  let gotAway = 0;
  console.log(`${row('fault', 'planted in', 'caught by', 'seconds')}\n${row('---', '---', '---', '---')}`);
  await Promise.all(
    copies.map(async (copy) => {
      for (let task = waiting.shift(); task; task = waiting.shift()) {
        const begun = performance.now();
        const verdict = await attempt(copy, task);
        if (verdict.kind !== 'failed') gotAway += 1;
        const caughtBy =
          verdict.kind === 'failed' ? task.name : `NOT CAUGHT by ${task.name}: ${words(verdict)}`;
        const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
        console.log(row(task.fault.what, task.fault.file, caughtBy, seconds));
      }
    }),
  );
  console.log(`\n${tasks.length - gotAway} of ${tasks.length} caught`);
  return gotAway === 0;
}

async function attempt(copy: Copy, { test, name, fault }: Task): Promise<Verdict> {
  try {
    copy.plant(fault);
    return (await verdictsOn(copy, test, [name])).get(name) as Verdict;
  } catch (error) {
    return { kind: 'broken', why: `cannot be planted: ${(error as Error).message}` };
  } finally {
    copy.restore();
  }
}

function words(verdict: Verdict): string {
  return verdict.kind === 'passed'
    ? 'it passes'
    : `it ${verdict.kind === 'failed' ? 'fails' : 'breaks'}: ${verdict.why}`;
}

function row(what: string, file: string, test: string, seconds: string): string {
  return `| ${what.padEnd(70)} | ${file.padEnd(34)} | ${test.padEnd(72)} | ${seconds.padStart(7)} |`;
}
