import type { ServerResponse } from 'node:http';
import type { Request } from 'polka';

/**
 * Makes the function that opens an answer to the pages of other sites.
 * @param allowedOrigins origins as browsers write them, or `*` for any
 * @returns a function that sets the headers and says whether the request's origin is one of them
 */
export function createCors(allowedOrigins: readonly string[]) {
  const any = allowedOrigins.includes('*');

  return (req: Request, res: ServerResponse): boolean => {
    if (allowedOrigins.length === 0) return false;
    res.setHeader('Vary', 'Origin');
    const { origin } = req.headers;
    if (origin === undefined || !(any || allowedOrigins.includes(origin))) return false;
    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    return true;
  };
}

/** Whether a browser asks first if it may send its real request. */
export function isPreflight(req: Request): boolean {
  return req.method === 'OPTIONS' && req.headers['access-control-request-method'] !== undefined;
}

export function answerPreflight(res: ServerResponse): void {
  res.writeHead(204, {
    'Access-Control-Allow-Methods': 'GET, HEAD',
    // A reader of /events that is made with fetch sends both.
    'Access-Control-Allow-Headers': 'Cache-Control, Last-Event-ID',
    'Access-Control-Max-Age': '600',
  });
  res.end();
}
