import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory of the test's own, gone when it is over. */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'troupe-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/**
 * A disk of the test's own, which can be filled.
 * @param size as mount has it: `2m`
 */
export function smallDisk(size: string): string {
  const path = temporaryDirectory();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]);
  // Lazily, so that a failed test is seen as what it is.
  onTestFinished(() => void execFileSync('umount', ['-l', path]));
  return path;
}

/** Whether a test may have one: only root may, and inside a container not even root. */
export const canHaveSmallDisk = process.platform === 'linux' && process.getuid?.() === 0 && mounts();

if (!canHaveSmallDisk) {
  console.warn('No small disk can be mounted here: of a full one, only files that may not grow are tested.');
}

function mounts(): boolean {
  const path = mkdtempSync(join(tmpdir(), 'troupe-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'ignore' });
    execFileSync('umount', [path]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(path, { recursive: true });
  }
}
