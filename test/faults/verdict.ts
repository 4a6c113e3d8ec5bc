import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Copy } from './copy.ts';

/** How a test ended, or why it could not be run. */
export type Verdict =
  | { kind: 'passed' }
  /** By an expectation that was not met, or by something that did not come. */
  | { kind: 'failed'; why: string }
  | { kind: 'broken'; why: string };

/** What vitest's reporter says in JSON, as far as it is of interest here. */
interface Report {
  testResults: {
    message: string;
    assertionResults: {
      ancestorTitles: string[];
      title: string;
      status: string;
      failureMessages?: string[];
    }[];
  }[];
}

const VITEST = 'vitest/vitest.mjs';
const TSC = 'typescript/bin/tsc';

/** Runs tests of one file by their names, or by those of their groups. */
export async function verdictsOn(
  copy: Copy,
  test: string,
  names: readonly string[],
): Promise<Map<string, Verdict>> {
  // Those of a server as a process of its own need it built.
  if (test.startsWith('test/operation/')) await copy.run(TSC, ['-p', 'tsconfig.build.json']);
  const path = join(copy.root, 'report.json');
  const pattern = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const { output } = await copy.run(VITEST, [
    ...['run', test, '--testNamePattern', pattern, '--no-cache'],
    ...['--reporter', 'json', '--outputFile', path],
  ]);
  const report = read(path);
  return new Map(names.map((name) => [name, report ? verdictOn(report, name) : broken(output)]));
}

function read(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  } finally {
    rmSync(path, { force: true });
  }
}

function verdictOn({ testResults }: Report, name: string): Verdict {
  const ran = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ title, ancestorTitles }) => title === name || ancestorTitles.includes(name))
    .filter(({ status }) => status === 'passed' || status === 'failed');
  if (ran.length === 0) {
    return broken(testResults.map(({ message }) => message).join('\n') || 'no test of that name');
  }
  const messages = ran.flatMap(({ failureMessages }) => failureMessages ?? []);
  const [why] = messages;
  if (why === undefined) return { kind: 'passed' };
  const right = messages.find((message) => RIGHT_REASON.test(message));
  return right === undefined ? broken(why) : { kind: 'failed', why: firstLine(right) };
}

/**
 * Of vitest, of Playwright, and of `test/support`. A server or a test that cannot be loaded proves nothing. By the last
 * of them vitest calls a test that has waited too long.
 */
const RIGHT_REASON =
  /^(AssertionError|TimeoutError|Error: (expect\w* |no (frame|feed frame|event): |the first frame is |STACK_TRACE_ERROR))/;

function broken(why: string): Verdict {
  return { kind: 'broken', why: firstLine(why) };
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').slice(0, 200);
}

/** @returns what the compiler says */
export async function compile(copy: Copy): Promise<string> {
  const runs = ['tsconfig.json', 'tsconfig.public.json'].map((config) => copy.run(TSC, ['-p', config]));
  return (await Promise.all(runs)).map(({ output }) => output).join('');
}
