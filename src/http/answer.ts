import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { compress } from './compress.ts';

/** A request that cannot be served: thrown by a handler, answered as `{ "error": … }` by `guard.ts`. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message = STATUS_CODES[status], headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

export function methodNotAllowed(): HttpError {
  return new HttpError(405, 'Method not allowed', { Allow: 'GET, HEAD' });
}

/** Whether the request only asks for something; HEAD is a GET whose body stays here. */
export function isRead(req: IncomingMessage): boolean {
  return req.method === 'GET' || req.method === 'HEAD';
}

export function answerJson(res: ServerResponse, status: number, body: unknown): void {
  answerText(res, status, JSON.stringify(body));
}

/** @param json the text of the body; left out of the answer to a HEAD, but counted */
export function answerText(res: ServerResponse, status: number, json: string): void {
  compress(res);
  res.statusCode = status;
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Content-Length', Buffer.byteLength(json));
  res.end(res.req.method === 'HEAD' ? undefined : json);
}
