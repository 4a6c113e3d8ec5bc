import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Request } from 'polka';
import { clientAddress } from '../address.ts';

/** Makes the function that logs one line a request, once it is over; a stream's when the stream ends. */
export function createRequestLog(log: Logger, trustedProxies: number) {
  return (req: Request, res: ServerResponse): void => {
    if (!log.isLevelEnabled('info')) return;
    const begun = performance.now();
    // Read now: a closed socket has forgotten it.
    const address = clientAddress(req, trustedProxies);
    res.once('close', () => {
      log.info(
        {
          method: req.method,
          path: pathOf(req.url),
          status: res.statusCode,
          ms: Math.round((performance.now() - begun) * 10) / 10,
          address,
          ...(res.writableFinished ? {} : { cut: true }),
        },
        'request',
      );
    });
  };
}

/** Never the query, which may hold a session's secret. */
function pathOf(url: string): string {
  return url.slice(0, 200).split(/[?#]/, 1)[0] ?? '';
}
