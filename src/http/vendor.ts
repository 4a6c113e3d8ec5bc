import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as xstate from 'xstate';
import { HttpError } from './answer.ts';
import type { Endpoint } from './api.ts';
import { compress } from './compress.ts';
import { emojiJson } from './emoji.ts';

/** What the page has from others, by the names under which it is served; the import map leads to the modules. */
const LIBRARIES: Record<string, () => string> = {
  'xstate.js': () => moduleOf(join(directoryOf('xstate'), 'xstate.umd.min.js'), Object.keys(xstate)),
  'emoji.json': emojiJson,
};

const TYPES = { js: 'text/javascript;charset=utf-8', json: 'application/json;charset=utf-8' };

interface File {
  type: string;
  content: Buffer;
  etag: string;
}

/** Made when first asked for, then kept for all servers of the process. */
const files = new Map<string, File>();

/** Serves them out of the installed packages, `/vendor/<name>`; nothing else of a package can be reached. */
export function vendorRoutes(): Record<string, Endpoint> {
  return {
    '/vendor/:file': (req, res) => {
      const found = fileOf(req.params.file ?? '');
      if (!found) throw new HttpError(404, 'Not found');
      res.setHeader('ETag', found.etag);
      res.setHeader('Cache-Control', 'public,max-age=0,must-revalidate');
      if (req.headers['if-none-match'] === found.etag) {
        res.writeHead(304).end();
        return;
      }
      compress(res);
      res.setHeader('Content-Type', found.type);
      res.setHeader('Content-Length', found.content.length);
      res.end(req.method === 'HEAD' ? undefined : found.content);
    },
  };
}

function fileOf(name: string): File | undefined {
  const known = files.get(name);
  if (known || !Object.hasOwn(LIBRARIES, name)) return known;
  const content = Buffer.from(LIBRARIES[name]?.() ?? '');
  const etag = `W/"${createHash('sha256').update(content).digest('base64url')}"`;
  const type = name.endsWith('.json') ? TYPES.json : TYPES.js;
  const file = { type, content, etag };
  files.set(name, file);
  return file;
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
