import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Request } from 'polka';
import sirv from 'sirv';
import { HttpError, isRead, methodNotAllowed } from './answer.ts';
import { compress } from './compress.ts';

/**
 * Makes the handler of every path that no route has: a file of the directory, or 404.
 * The files are listed once, so a path is looked up among them and cannot lead anywhere else.
 */
export function createStaticFiles(directory: string) {
  const files = sirv(directory, {
    dev: false,
    etag: true,
    maxAge: 0,
    setHeaders: (res) => {
      if (!isRead(res.req)) throw methodNotAllowed();
      compress(res);
    },
  });

  return (req: Request, res: ServerResponse): void => {
    // sirv answers ranges such as `5-2` with an exception; a server may always answer with the whole file.
    delete req.headers.range;
    if (!isRead(req)) delete req.headers['if-none-match'];
    res.once('pipe', (source: Readable) => closeTogether(source, res));
    files(req, res, () => {
      throw new HttpError(404, 'Not found');
    });
  };
}

/** sirv leaves a file open when its reader goes, and one that cannot be opened would end the process. */
function closeTogether(source: Readable, res: ServerResponse): void {
  source.once('error', () => res.destroy());
  res.once('close', () => source.destroy());
}
