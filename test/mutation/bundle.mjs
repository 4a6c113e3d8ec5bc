// @ts-check
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import { build } from 'esbuild';

/** What the script finds the packages under. */
const PACKAGES = '__packages__';
const IDENTIFIER = /^[\p{L}$_][\p{L}\p{N}$_]*$/u;

/**
 * Makes one script of tests and all of ours that they need, which makes these modules anew each time it is run.
 * @param {string[]} paths of tests, below the working directory
 * @returns {Promise<() => Record<string, () => Promise<unknown>>>} runs it: what loads each test
 */
export async function bundled(paths) {
  const loaders = paths.map(
    (path) => `${JSON.stringify(path)}: () => import(${JSON.stringify(`./${path}`)})`,
  );
  const { outputFiles } = await build({
    stdin: { contents: `export default { ${loaders.join(', ')} };`, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'made',
    platform: 'node',
    target: 'node20',
    keepNames: true,
    logLevel: 'error',
    plugins: [{ name: 'ours', setup: treatModules }],
  });
  const code = `((require) => { ${outputFiles[0]?.text}; return made.default; })`;
  const run = new Script(code, {
    filename: resolve('mutated.js'),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }).runInThisContext();
  return () => run(createRequire(import.meta.url));
}

/**
 * Has packages stay as Node loads them, once, and our modules know where they lie.
 * @param {import('esbuild').PluginBuild} build
 */
function treatModules({ onResolve, onLoad }) {
  /** @type {Record<string, Record<string, unknown>>} */
  const packages = {};
  Object.defineProperty(globalThis, PACKAGES, { value: packages });

  // Whose functions a test may watch: they are looked up whenever they are called.
  onResolve({ filter: /^node:/ }, ({ path }) => ({ path, external: true }));
  onResolve({ filter: /^[^./]/ }, async ({ path }) => {
    packages[path] = await import(path);
    return { path, namespace: 'package' };
  });
  onLoad({ filter: /.*/, namespace: 'package' }, ({ path }) => {
    const names = Object.keys(packages[path] ?? {}).filter((name) => IDENTIFIER.test(name));
    const whole = `globalThis.${PACKAGES}[${JSON.stringify(path)}]`;
    const constants = names.map((name, i) => `const x${i} = ${whole}.${name};`);
    const exported = names.map((name, i) => `x${i} as ${name}`);
    return { contents: `${constants.join('\n')}\nexport { ${exported.join(', ')} };`, loader: 'js' };
  });
  onLoad({ filter: /\.ts$/ }, async ({ path }) => {
    const text = await readFile(path, 'utf8');
    const contents = text
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
      .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
    return { contents, loader: 'ts' };
  });
}
