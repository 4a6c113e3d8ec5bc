import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { HttpError } from './answer.ts';
import type { Endpoint } from './api.ts';
import { compress } from './compress.ts';

/** What pages import by name, and the file of the installed package that it is: the import map leads there. */
const LIBRARIES = { xstate: 'xstate.esm.js' } as const;

interface Module {
  content: Buffer;
  etag: string;
}

/**
 * Serves the libraries of the page out of the installed packages, `/vendor/<library>/<file>`: each entry and the
 * files it leads to, read once. Nothing else of the packages can be reached.
 */
export function vendorRoutes(): Record<string, Endpoint> {
  const libraries = new Map(
    Object.entries(LIBRARIES).map(([name, entry]) => [name, modulesOf(directoryOf(name), entry)]),
  );
  return {
    '/vendor/:library/:file': (req, res) => {
      const found = libraries.get(req.params.library ?? '')?.get(req.params.file ?? '');
      if (!found) throw new HttpError(404, 'Not found');
      compress(res);
      res.setHeader('ETag', found.etag);
      res.setHeader('Cache-Control', 'public,max-age=0,must-revalidate');
      if (req.headers['if-none-match'] === found.etag) {
        res.writeHead(304).end();
        return;
      }
      res.setHeader('Content-Type', 'text/javascript;charset=utf-8');
      res.setHeader('Content-Length', found.content.length);
      res.end(req.method === 'HEAD' ? undefined : found.content);
    },
  };
}

function directoryOf(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(name));
}

/** The file and all that it imports; a package's modules name each other by `./file.js`. */
function modulesOf(
  directory: string,
  entry: string,
  modules = new Map<string, Module>(),
): Map<string, Module> {
  if (modules.has(entry)) return modules;
  const content = readFileSync(join(directory, entry));
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 22);
  modules.set(entry, { content, etag: `W/"${hash}"` });
  for (const [, file = ''] of content
    .toString()
    .matchAll(/^(?:import|export)\b[^'"]*['"]\.\/([^'"]+)['"]/gm)) {
    modulesOf(directory, basename(file), modules);
  }
  return modules;
}
