import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** A copy of what the page's types are checked with. */
const PARTS = ['public', 'src', 'package.json', 'tsconfig.json', 'tsconfig.public.json'];

test('the page as it is passes', () => {
  expect(complaintsAbout(() => {})).toBe('');
});

test('tsc names a new frame of the server that the page does not render', () => {
  const complaints = complaintsAbout((edit) =>
    edit('src/protocol/server-frames.ts', "pong: frame('pong'", "reaction: frame('reaction', spoken),\n  $&"),
  );
  expect(complaints).toMatch(/frames\.js.*Property 'reaction' is missing/s);
});

test('tsc names a frame whose renderer was taken away', () => {
  const complaints = complaintsAbout((edit) =>
    edit('public/frames/messages.js', '  pm_sent(chat,', '  sent(chat,'),
  );
  expect(complaints).toMatch(/frames\.js.*Property 'pm_sent' is missing/s);
});

test('tsc names a new event of the server that the page does not apply', () => {
  const complaints = complaintsAbout((edit) =>
    edit('src/protocol/server-events.ts', '  room_deleted:', '  room_frozen: z.strictObject({}),\n$&'),
  );
  expect(complaints).toMatch(/effects\.js.*Property 'room_frozen' is missing/s);
});

/** What tsc says of the page after a change; nothing when it is content. */
function complaintsAbout(
  change: (edit: (file: string, old: string, replacement: string) => void) => void,
): string {
  const folder = mkdtempSync(join(tmpdir(), 'renderers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const part of PARTS) cpSync(part, join(folder, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  change((file, old, replacement) => {
    const source = readFileSync(join(folder, file), 'utf8');
    expect(source).toContain(old);
    writeFileSync(join(folder, file), source.replace(old, replacement));
  });
  const { stdout } = spawnSync(resolve('node_modules/.bin/tsc'), ['-p', 'tsconfig.public.json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return stdout;
}
