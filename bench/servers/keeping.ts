import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contender, ours, withSettings } from './contenders.ts';

/** This server with everything kept on the disk, in an empty directory that goes when the bench ends. */
export function keeping(): Contender {
  return keepingIn(temporaryDirectory());
}

export function keepingIn(directory: string): Contender {
  return withSettings({ ...ours, name: 'on the disk' }, { DATA_DIR: directory });
}

const directories: string[] = [];

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'troupe-bench-'));
  if (directories.length === 0) process.once('exit', removeAll);
  directories.push(directory);
  return directory;
}

function removeAll(): void {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
}
