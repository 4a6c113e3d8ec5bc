import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withChoices } from './choices.ts';

/** What a copy of the project does without; packages are found above it. */
const LEFT_OUT = new Set(['.git', '.stryker', 'coverage', 'data', 'node_modules']);

/**
 * Copies the project, with choices written into all of `src`. What Stryker remembers there from an earlier time stays.
 * @param folder where to, below the project's own
 */
export function copyWithChoices(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (name !== '.stryker') rmSync(join(folder, name), { recursive: true });
  }
  for (const name of readdirSync('.')) {
    if (!LEFT_OUT.has(name)) cpSync(name, join(folder, name), { recursive: true });
  }
  const source = join(folder, 'src');
  for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const path = join(source, name);
    writeFileSync(path, withChoices(readFileSync(path, 'utf8')));
  }
}
