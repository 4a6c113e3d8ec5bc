import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as xstate from 'xstate';
import { HttpError } from './answer.ts';
import type { Endpoint } from './api.ts';
import { compress } from './compress.ts';

/** The libraries of the page, by the names under which they are served; the page's import map leads there. */
const LIBRARIES: Record<string, () => string> = {
  'xstate.js': () => moduleOf(join(directoryOf('xstate'), 'xstate.umd.min.js'), Object.keys(xstate)),
};

/** Serves them out of the installed packages, `/vendor/<name>`; nothing else of a package can be reached. */
export function vendorRoutes(): Record<string, Endpoint> {
  const files = new Map(
    Object.entries(LIBRARIES).map(([name, read]) => {
      const content = Buffer.from(read());
      return [name, { content, etag: `W/"${createHash('sha256').update(content).digest('base64url')}"` }];
    }),
  );
  return {
    '/vendor/:file': (req, res) => {
      const found = files.get(req.params.file ?? '');
      if (!found) throw new HttpError(404, 'Not found');
      res.setHeader('ETag', found.etag);
      res.setHeader('Cache-Control', 'public,max-age=0,must-revalidate');
      if (req.headers['if-none-match'] === found.etag) {
        res.writeHead(304).end();
        return;
      }
      compress(res);
      res.setHeader('Content-Type', 'text/javascript;charset=utf-8');
      res.setHeader('Content-Length', found.content.length);
      res.end(req.method === 'HEAD' ? undefined : found.content);
    },
  };
}

function directoryOf(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(name));
}

/**
 * A package's minified build for script tags, as one module. Its modules for bundlers are seven files of three times
 * the size, each waiting for the one before.
 */
function moduleOf(path: string, names: readonly string[]): string {
  const script = readFileSync(path, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
  const exported = names.filter((name) => name !== 'default' && name !== 'module.exports');
  return `const exports={},module={exports};\n${script}\nexport const{${exported.join(',')}}=exports;\n`;
}
