import { basename } from 'node:path';
import { build } from 'esbuild';

/**
 * Packs style sheets into one, in their order.
 * @param paths within `from`
 * @param to path of the one
 * @returns its name and that of its map, with what they hold
 */
export async function packStyles(
  from: string,
  paths: readonly string[],
  to: string,
): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    stdin: {
      contents: paths.map((path) => `@import './${path}';`).join('\n'),
      resolveDir: from,
      loader: 'css',
    },
    outfile: to,
    bundle: true,
    target: 'esnext',
    charset: 'utf8',
    minify: true,
    sourcemap: 'linked',
    write: false,
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
}
