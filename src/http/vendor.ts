import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as xstate from 'xstate';
import { HttpError } from './answer.ts';
import type { Endpoint } from './api.ts';
import { compress } from './compress.ts';
import { emojiJson } from './emoji.ts';

const require = createRequire(import.meta.url);

/** What the pages have from others, by the names under which it is served; the import map leads to the modules. */
const LIBRARIES: Record<string, () => string> = {
  'xstate.js': () =>
    moduleOf(
      join(dirname(require.resolve('xstate')), 'xstate.umd.min.js'),
      `const{${namesOf(xstate).join(',')}}=exports`,
    ),
  'emoji.json': emojiJson,
  // For statecharts on the inspector page, which fetches them when it has one to draw: elk is large.
  'elk.js': () => moduleOf(require.resolve('elkjs/lib/elk-api.js'), 'default module.exports'),
  'elk-worker.js': () => readFileSync(require.resolve('elkjs/lib/elk-worker.min.js'), 'utf8'),
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

/**
 * A package's build for script tags, as one module. The modules for bundlers of xstate are seven files of three times
 * the size, each waiting for the one before; elkjs has none.
 */
function moduleOf(path: string, exported: string): string {
  const script = readFileSync(path, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
  return `const exports={},module={exports};\n${script}\nexport ${exported};\n`;
}

function namesOf(module: object): string[] {
  return Object.keys(module).filter((name) => name !== 'default' && name !== 'module.exports');
}
