import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../public', import.meta.url));

test.each(['index.html', 'inspector.html'])(
  '%s names every module of its page for loading in advance',
  (file) => {
    const page = readFileSync(join(ROOT, file), 'utf8');
    const named = [...page.matchAll(/<link rel="modulepreload" href="(?!vendor)([^"]+)"/g)].map(
      ([, path]) => path,
    );
    const scripts = [...page.matchAll(/<script type="module" src="([^"]+)"/g)].map(([, path = '']) => path);
    const needed = [...modulesOf(scripts)].filter((path) => !scripts.includes(path));
    expect(named.sort()).toEqual(needed.sort());
  },
);

function modulesOf(paths: string[]): Set<string> {
  const found = new Set<string>();
  for (const path of paths) modulesFrom(path, found);
  return found;
}

/** The paths of all modules that one leads to, without what is fetched only when it is asked for. */
function modulesFrom(path: string, found: Set<string>): void {
  if (found.has(path)) return;
  found.add(path);
  const source = readFileSync(join(ROOT, path), 'utf8');
  for (const [, imported, loaded = ''] of source.matchAll(
    /^(?:import|export)\b[^;]*?from '(\.[^']+)';|^import '(\.[^']+)';/gm,
  )) {
    modulesFrom(join(dirname(path), imported ?? loaded), found);
  }
}
