import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import polka from 'polka';
import type { Config } from '../config.ts';
import { answerJson, answerText, HttpError, isRead, methodNotAllowed } from './answer.ts';
import { apiRoutes, type Endpoint } from './api.ts';
import { answerPreflight, createCors, isPreflight } from './cors.ts';
import { createGuard } from './guard.ts';
import { createRequestLog } from './request-log.ts';
import { type SecurityHeaders, secure } from './security.ts';
import { createStaticFiles } from './static-files.ts';
import { vendorRoutes } from './vendor.ts';
import type { Views } from './views.ts';

export interface HttpParts {
  views: Views;
  /** Serves `GET /events` from here on. */
  subscribe: (req: IncomingMessage, res: ServerResponse) => void;
  /** Why somebody may not watch the actors. */
  inspectionRefusal: (req: IncomingMessage) => { status: number; error: string } | undefined;
  config: Pick<Config, 'ALLOWED_ORIGINS' | 'TRUST_PROXY'>;
  log: Logger;
  health: () => 'starting' | 'ok' | 'draining';
  publicDir: string;
  securityHeaders: SecurityHeaders;
  /** Of the inspector page, which starts a worker. */
  inspectorHeaders: SecurityHeaders;
  /** As JSON. */
  documents: { asyncapi: string; openapi: string };
}

/** Makes the listener of a server's `request` event: the routes, the files, and what holds for all of them. */
export function createHttpHandler(parts: HttpParts): (req: IncomingMessage, res: ServerResponse) => void {
  const guard = createGuard(parts.log);
  const logRequest = createRequestLog(parts.log, parts.config.TRUST_PROXY);
  const admit = createCors(parts.config.ALLOWED_ORIGINS);
  const serveFile = createStaticFiles(parts.publicDir);

  const app = polka({
    onNoMatch: guard((req, res) => {
      if (!req.url.startsWith('/')) throw new HttpError(400, 'Bad request target');
      serveFile(req, res);
    }),
  });
  app.use((req, res, next) => {
    logRequest(req, res);
    secure(res, INSPECTOR.has(req.path) ? parts.inspectorHeaders : parts.securityHeaders);
    next();
  });
  for (const [pattern, endpoint] of Object.entries(routes(parts))) {
    app.all(
      pattern,
      guard((req, res) => {
        const admitted = admit(req, res);
        if (admitted && isPreflight(req)) return answerPreflight(res);
        if (!isRead(req)) throw methodNotAllowed();
        return endpoint(req, res);
      }),
    );
  }
  return (req, res) => app.handler(req, res);
}

/** The page's addresses. Under any other that may lead to it, its policy is the stricter one, and there is no chart. */
const INSPECTOR = new Set(['/inspector', '/inspector.html']);

function routes({
  views,
  subscribe,
  health,
  documents,
  inspectionRefusal,
}: HttpParts): Record<string, Endpoint> {
  return {
    ...apiRoutes(views),
    ...vendorRoutes(),
    '/asyncapi.json': (_req, res) => answerText(res, 200, documents.asyncapi),
    '/openapi.json': (_req, res) => answerText(res, 200, documents.openapi),
    '/events': (req, res) => {
      if (req.method === 'GET') subscribe(req, res);
      else res.writeHead(200, EVENT_STREAM).end();
    },
    '/healthz': (_req, res) => answerJson(res, 200, { status: 'ok' }),
    '/readyz': (_req, res) => {
      const status = health();
      answerJson(res, status === 'ok' ? 200 : 503, { status });
    },
    '/ws/chat': () => {
      throw upgradeRequired();
    },
    // A page cannot read why its WebSocket was refused; here it can.
    '/ws/inspect': (req) => {
      const refusal = inspectionRefusal(req);
      throw refusal ? new HttpError(refusal.status, refusal.error) : upgradeRequired();
    },
  };
}

function upgradeRequired(): HttpError {
  return new HttpError(426, 'Upgrade to a WebSocket', {
    Upgrade: 'websocket',
    Connection: 'Upgrade, close',
  });
}

const EVENT_STREAM = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache',
  'X-Accel-Buffering': 'no',
};
