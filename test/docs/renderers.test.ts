import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const FRAMES = 'src/protocol/server-frames.ts';

test('tsc names a frame that the server can send and the page does not render', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'page-'));
  onTestFinished(() => rm(copy, { recursive: true }));
  for (const part of ['src', 'public', 'package.json', 'tsconfig.json', 'tsconfig.public.json']) {
    await cp(join(root, part), join(copy, part), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  expect(await complaintsAbout(copy)).toBe('');

  const source = await readFile(join(copy, FRAMES), 'utf8');
  const extended = source.replace(/^export const serverFrames = \{$/m, '$&\n  profile: z.object({}),');
  expect(extended).not.toBe(source);
  await writeFile(join(copy, FRAMES), extended);
  expect(await complaintsAbout(copy)).toMatch(/^public\/frames\/frames\.js.*'profile' is missing/m);
}, 60_000);

async function complaintsAbout(directory: string): Promise<string> {
  const tsc = join(root, 'node_modules/.bin/tsc');
  const run = promisify(execFile)(tsc, ['-p', 'tsconfig.public.json', '--pretty', 'false'], {
    cwd: directory,
  });
  return run.then(
    () => '',
    ({ stdout }) => stdout,
  );
}
