import { join, relative } from 'node:path';
import { build, type Metafile } from 'esbuild';

/** Served by the server out of the installed packages; the pages' import maps lead there. */
const SERVED = ['xstate'];

export interface PackedModules {
  /** By path within the folder, maps among them. */
  files: Map<string, Uint8Array>;
  /** Of each entry, the packs that it needs besides itself before it can run. */
  parts: Map<string, string[]>;
}

/**
 * Packs modules with all that they import. What several of them need is in a part of its own, as is what is only
 * imported when it is asked for.
 * @param entries paths within `from`; their packs have the same
 */
export async function packModules(from: string, to: string, entries: string[]): Promise<PackedModules> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: from,
    entryPoints: entries,
    outdir: to,
    outbase: from,
    chunkNames: 'parts/[hash]',
    external: SERVED,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'esnext',
    charset: 'utf8',
    minify: true,
    sourcemap: 'linked',
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const within = (path: string) => relative(to, join(from, path));
  return {
    files: new Map(outputFiles.map(({ path, contents }) => [relative(to, path), contents])),
    parts: new Map(
      Object.entries(metafile.outputs).flatMap(([path, { entryPoint }]) =>
        entryPoint ? [[entryPoint, partsOf(path, metafile).map(within)] as const] : [],
      ),
    ),
  };
}

/** Those that a pack imports, and those that these do, without what is only asked for later. */
function partsOf(path: string, { outputs }: Metafile, found: string[] = []): string[] {
  for (const { path: part, kind, external } of outputs[path]?.imports ?? []) {
    if (kind !== 'import-statement' || external || found.includes(part)) continue;
    found.push(part);
    partsOf(part, { inputs: {}, outputs }, found);
  }
  return found;
}
