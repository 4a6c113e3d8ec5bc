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

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'troupe-bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
