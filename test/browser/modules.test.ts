import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../public', import.meta.url));

test('names every module of the page for loading in advance', () => {
  const page = readFileSync(join(ROOT, 'index.html'), 'utf8');
  const named = [...page.matchAll(/<link rel="modulepreload" href="(?!vendor)([^"]+)"/g)].map(
    ([, path]) => path,
  );
  const needed = [...modulesFrom('app.js')].filter((path) => path !== 'app.js' && path !== 'theme.js');
  expect(named.sort()).toEqual(needed.sort());
});

/** The paths of all modules that one leads to, without what is fetched only when it is asked for. */
function modulesFrom(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  const source = readFileSync(join(ROOT, path), 'utf8');
  for (const [, imported = ''] of source.matchAll(
    /^(?:import|export)\b[^;]*?from '(\.[^']+)';|^import '(\.[^']+)';/gm,
  )) {
    modulesFrom(join(dirname(path), imported), found);
  }
  return found;
}
