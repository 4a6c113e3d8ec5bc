import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Handler, Request } from 'polka';
import { answerJson, HttpError } from './answer.ts';

/**
 * Makes the wrapper around every route. polka 0.5 lets a handler that throws or rejects become an uncaught
 * exception and leaves its request hanging; here it becomes an answer, and a log line when the fault is ours.
 */
export function createGuard(log: Logger) {
  return (handler: (req: Request, res: ServerResponse) => void | Promise<void>): Handler =>
    async (req, res) => {
      try {
        await handler(req, res);
      } catch (error) {
        answerFailure(error, req, res);
      }
    };

  function answerFailure(error: unknown, req: Request, res: ServerResponse): void {
    const known = error instanceof HttpError;
    if (!known) log.error({ err: error, method: req.method, path: req.path }, 'request failed');
    // Half an answer cannot be taken back: cut it off, so that nobody takes it for a whole one.
    if (res.headersSent) return void res.destroy();
    for (const [name, value] of Object.entries(known ? error.headers : {})) res.setHeader(name, value);
    answerJson(res, known ? error.status : 500, { error: known ? error.message : 'Internal error' });
  }
}
