// Runs once around all test files of the server: gathers what each of them noted, prints it, and judges.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { machines } from './machines.ts';
import { untaken } from './untaken.ts';
import { judge } from './verdict.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where each test file leaves what it has seen taken. */
    takenDir: string;
  }
}

export default function setup(project: TestProject): () => Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'troupe-taken-'));
  project.provide('takenDir', dir);

  return async () => {
    const files = readdirSync(dir);
    const taken = new Set(
      files.flatMap((file): string[] => JSON.parse(readFileSync(join(dir, file), 'utf8'))),
    );
    rmSync(dir, { recursive: true });
    const { testFiles } = await project.globTestFiles();
    const { state, config } = project.vitest;
    const ran = state.getTestModules().filter((module) => module.project.name === project.name);
    // A part of the tests takes a part of the transitions; only the whole is judged.
    const isWhole = ran.length === testFiles.length && config.testNamePattern === undefined;
    if (!isWhole) return;
    const { table, faults } = judge(machines, taken, untaken);
    console.log(`\n${table}\n`);
    if (faults.length === 0) return;
    console.error(`The machines are not covered:\n${faults.join('\n')}\n`);
    // vitest shows an error that is thrown here, and ends well all the same.
    process.exitCode = 1;
  };
}
