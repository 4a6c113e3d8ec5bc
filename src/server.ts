import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { type Clock, systemClock } from './actors/clock.ts';
import { Directory, type Machines } from './actors/directory.ts';
import type { Crash } from './actors/supervise.ts';
import type { Limits } from './actors/world.ts';
import { type Config, IN_MEMORY } from './config.ts';
import { createHttpHandler } from './http/app.ts';
import { inlineScriptSources } from './http/inline-scripts.ts';
import { answerMalformed } from './http/malformed.ts';
import { answerPassingOverUpgrade } from './http/passed-over-upgrade.ts';
import { createSecurityHeaders } from './http/security.ts';
import { Turns } from './http/turns.ts';
import { Feed } from './inspect/feed.ts';
import { inspectionRefusal } from './inspection-access.ts';
import { openDurableJournal } from './journal/durable/journal.ts';
import type { Journal } from './journal/journal.ts';
import { createMemoryJournal } from './journal/memory.ts';
import { createLogger } from './log.ts';
import { asyncapiDocument } from './protocol/documents/asyncapi.ts';
import { openapiDocument } from './protocol/documents/openapi.ts';
import { secrets } from './secrets.ts';
import { EventTransport } from './transport/events.ts';
import { INSPECTION_PATH, InspectionTransport } from './transport/inspection.ts';
import { pathOf } from './transport/target.ts';
import { WebSocketTransport } from './transport/websocket.ts';
import { version } from './version.ts';

export interface ServerOptions {
  logger?: Logger;
  clock?: Clock;
  /** Instead of the one that the settings name. */
  journal?: Journal;
  /** Instead of our own; for planting faults. */
  machines?: Partial<Machines>;
  /** Path of the folder of the pages. */
  publicDir?: string;
}

export interface Server {
  /** Resolves when clients can connect; rejects when the port can't be had. */
  listen(): Promise<{ host: string; port: number; url: string }>;
  /** Tells every client that the server goes away, and resolves when all have gone. A second call waits too. */
  close(): Promise<void>;
}

/** Slow or half-finished requests and upgrades are cut off after at most the sum of the two last ones. */
const TIMEOUTS = { headersTimeout: 15_000, requestTimeout: 20_000, connectionsCheckingInterval: 5_000 };

/** Those that a build has packed beside this very file; without one, the same in many more pieces. */
function ownPages(): string {
  const packed = new URL('./public', import.meta.url);
  return fileURLToPath(existsSync(packed) ? packed : new URL('../public', import.meta.url));
}

/**
 * A client that takes nothing of its answer for so long is cut off; node may need twice as long to notice. No
 * event stream is ever quiet for so long.
 */
const UNREAD_MS = 30_000;

/**
 * Builds a server out of its layers: the only place where they meet.
 * @throws StorageFault with one line on why the data directory can't be used
 */
export function createServer(config: Config, options: ServerOptions = {}): Server {
  const { logger: log = createLogger(config.LOG_LEVEL), clock = systemClock } = options;
  const journal = options.journal ?? openJournal(config, clock, log);
  const startedAt = clock.now();
  const { publicDir = ownPages() } = options;
  const inlineScripts = inlineScriptSources(publicDir);
  const securityHeaders = createSecurityHeaders(inlineScripts);
  let health: 'starting' | 'ok' | 'draining' = 'starting';

  const limits: Limits = {
    presenceGraceMs: config.PRESENCE_GRACE_MS,
    typingExpiryMs: config.TYPING_EXPIRY_MS,
    rateBurst: config.RATE_BURST,
    ratePerSecond: config.RATE_PER_SECOND,
    maxSessions: config.MAX_SESSIONS,
    maxRooms: config.MAX_ROOMS,
    maxRoomsPerUser: config.MAX_ROOMS_PER_USER,
  };
  const directory = new Directory({
    clock,
    journal,
    secrets,
    limits,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    gauges: () => ({
      uptime: Math.floor((clock.now() - startedAt) / 1000),
      connections: websockets.connections,
      memory_bytes: process.memoryUsage.rss(),
      data_bytes: journal.bytes(),
    }),
    crashed: ({ actor, event, error }: Crash) =>
      log.error({ actor, event, err: error }, `${actor} crashed on ${event}`),
    machines: options.machines,
  });
  const upgrading = { config, log, refusalHeaders: securityHeaders };
  const websockets = new WebSocketTransport({ directory, clock, ...upgrading });
  const feed = new Feed({
    living: directory.living,
    version,
    isPrivateShown: config.INSPECT_PRIVATE,
    failed: (error) => log.error({ err: error }, 'the inspector met a bug'),
  });
  const inspection = new InspectionTransport({ feed, ...upgrading });
  const events = new EventTransport(directory.stats, clock);
  const handle = createHttpHandler({
    views: {
      rooms: (after, limit) => directory.rooms(after, limit),
      users: (room, after, limit) => directory.users(room, after, limit),
      history: (room, before, limit) => directory.entries(room, before, limit),
      stats: () => directory.readStats(),
    },
    subscribe: events.subscribe,
    inspectionRefusal: (req) => inspectionRefusal(req, config),
    config,
    log,
    health: () => health,
    publicDir,
    securityHeaders,
    // It lays its charts out in a worker, and vouches for that worker's address.
    inspectorHeaders: createSecurityHeaders(inlineScripts, ['elk-worker']),
    documents: {
      asyncapi: JSON.stringify(asyncapiDocument(version)),
      openapi: JSON.stringify(openapiDocument(version)),
    },
  });
  const turns = new Turns(handle);
  const http = createHttpServer(TIMEOUTS, (request, response) => {
    // Not for all of the server's connections: a WebSocket would keep the dead timer, and look at it with every write.
    request.socket.setTimeout(UNREAD_MS);
    turns.take(request, response);
  });
  /** Those that node's server has let go of, and waits for all the same when it closes. */
  const upgraded = new Set<Socket>();
  http.on('upgrade', (request, socket: Socket, head) => {
    upgraded.add(socket);
    socket.on('close', forget);
    if (turns.isAnswering(socket)) socket.destroy();
    else if (request.headers.upgrade?.toLowerCase() === 'websocket') takeUpgrade(request, socket, head);
    else answerPassingOverUpgrade(handle, request, socket, UNREAD_MS);
  });
  /** One listener for all: there are as many as there are clients. */
  function forget(this: Socket): void {
    upgraded.delete(this);
  }
  function takeUpgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const isInspection = pathOf(request.url) === INSPECTION_PATH;
    (isInspection ? inspection : websockets).upgrade(request, socket, head);
  }
  http.on('clientError', (error, socket) => {
    // It would stand in the midst of what is being answered.
    if (turns.isAnswering(socket as Socket)) socket.destroy();
    else answerMalformed(error, socket, securityHeaders);
  });

  async function listen() {
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen(config.PORT, config.HOST, () => {
        http.off('error', reject);
        resolve();
      });
    });
    health = 'ok';
    const { address, port, family } = http.address() as AddressInfo;
    const host = family === 'IPv6' ? `[${address}]` : address;
    return { host: address, port, url: `http://${host}:${port}` };
  }

  async function shutDown(): Promise<void> {
    health = 'draining';
    // Calls back at once, with an error that says no more, when it was not listening.
    const closed = new Promise<void>((resolve) => http.close(() => resolve()));
    events.close();
    inspection.close();
    // Whoever goes away by this has their grace period after the restart, however short it is.
    limits.presenceGraceMs = GRACE_WHILE_CLOSING_MS;
    await websockets.close();
    await journal.close();
    directory.stop();
    http.closeIdleConnections();
    const timer = setTimeout(() => {
      http.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
    }, LAST_REQUESTS_MS);
    await closed;
    clearTimeout(timer);
  }

  let closing: Promise<void> | undefined;
  return {
    listen,
    close() {
      closing ??= shutDown();
      return closing;
    },
  };
}

function openJournal({ DATA_DIR, RETENTION_ENTRIES }: Config, clock: Clock, log: Logger): Journal {
  if (DATA_DIR === IN_MEMORY) return createMemoryJournal(() => clock.now());
  return openDurableJournal({
    directory: resolve(DATA_DIR),
    now: () => clock.now(),
    entriesKept: RETENTION_ENTRIES,
    health(state) {
      if (state.ok) log.info('what is written is stored again');
      else log.error({ err: state.error }, `can not store: ${state.error.message}`);
    },
    unreadable: (error) => log.error({ err: error }, `can not read: ${error.message}`),
  });
}

/** Longer than any closing takes. */
const GRACE_WHILE_CLOSING_MS = 86_400_000;

/** How long requests that are still being answered, and peers that linger, have once all else is closed. */
const LAST_REQUESTS_MS = 500;
