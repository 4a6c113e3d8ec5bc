import type { IncomingMessage, ServerResponse } from 'node:http';
import compression from 'compression';

/**
 * Lets the answer be compressed if the client takes it and it is large enough. Only for answers that end: it
 * gathers what it is given, which a stream of events must not be.
 */
export function compress(res: ServerResponse): void {
  middleware(res.req, res, () => {});
}

// Its types are express's; it uses what node's own request and response have.
const middleware = compression() as unknown as (
  req: IncomingMessage,
  res: ServerResponse,
  next: () => void,
) => void;
