import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

// Imports point one way: protocol ← commands ← actors ← inspect ← transport, http ← server.
const refused: [file: string, specifier: string][] = [
  ['src/protocol', 'node:fs'],
  ['src/protocol', '../actors/directory.ts'],
  ['src/protocol/documents', '../../config.ts'],
  ['src/commands', '../actors/directory.ts'],
  ['src/commands', 'xstate'],
  ['src/journal', '../actors/directory.ts'],
  ['src/journal/durable', '../../actors/directory.ts'],
  ['src/actors', '../journal/durable/journal.ts'],
  ['src/actors', 'node:crypto'],
  ['src/actors', '../http/app.ts'],
  ['src/actors', '../server.ts'],
  ['src/actors/room', 'ws'],
  ['src/actors/room', '../../transport/connection.ts'],
  ['src/actors', '../inspect/feed.ts'],
  ['src/actors', '../inspection-access.ts'],
  ['src/inspect', 'ws'],
  ['src/inspect', '../transport/viewer-connection.ts'],
  ['src/transport', '../http/app.ts'],
  ['src/transport', 'polka'],
  ['src/transport', '../server.ts'],
  ['src/http', '../transport/connection.ts'],
  ['src/http', 'ws'],
];
const allowed: [file: string, specifier: string][] = [
  ['src/protocol', 'zod'],
  ['src/protocol/documents', '../errors.ts'],
  ['src/commands', '../protocol/errors.ts'],
  ['src/journal/durable', '../journal.ts'],
  ['src/journal/durable', '../../protocol/limits.ts'],
  ['src/actors', '../commands/registry.ts'],
  ['src/actors/room', '../../protocol/errors.ts'],
  ['src/actors/room', '../outbox.ts'],
  ['src/inspect', '../actors/directory.ts'],
  ['src/transport', '../actors/directory.ts'],
  ['src/transport', '../inspect/feed.ts'],
  ['src/http', '../protocol/rest.ts'],
];

const folder = mkdtempSync(join(tmpdir(), 'imports-'));
const biome = resolve('node_modules/.bin/biome');
let complaints: string;

/** A file with one import in it, named after both. */
function planted(place: string, specifier: string): string {
  return `${place}/${specifier.replace(/\W+/g, '-')}-planted.ts`;
}

beforeAll(() => {
  const { $schema: _, vcs: __, ...config } = JSON.parse(readFileSync('biome.json', 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
  for (const [place, specifier] of [...refused, ...allowed]) {
    const file = join(folder, planted(place, specifier));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `import { a } from '${specifier}';\n\nexport const b = a;\n`);
  }
  const { stdout } = spawnSync(biome, ['lint', '--reporter=github', '--max-diagnostics=none'], {
    cwd: folder,
    encoding: 'utf8',
  });
  complaints = stdout;
});

afterAll(() => rmSync(folder, { recursive: true }));

it.each(refused)('in %s an import of %s is refused', (place, specifier) => {
  expect(complaints).toMatch(complaintAbout(planted(place, specifier)));
});

it.each(allowed)('in %s an import of %s is allowed', (place, specifier) => {
  expect(complaints).not.toMatch(complaintAbout(planted(place, specifier)));
});

function complaintAbout(file: string): RegExp {
  return new RegExp(`noRestrictedImports,file=[^,]*/${file.replaceAll('.', '\\.')}`);
}
