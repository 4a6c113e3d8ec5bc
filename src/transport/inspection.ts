import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { clientAddress } from '../address.ts';
import type { Config } from '../config.ts';
import type { Feed } from '../inspect/feed.ts';
import { inspectionRefusal } from '../inspection-access.ts';
import { closeCodes } from '../protocol/close-codes.ts';
import { refuseUpgrade, turnAway } from './refusal.ts';
import { parseTarget } from './target.ts';
import { ViewerConnection } from './viewer-connection.ts';

export const INSPECTION_PATH = '/ws/inspect';

/** Bytes of one frame of a viewer: a subscription that names a thousand actors. */
const FRAME_MAX_BYTES = 256 * 1024;
const VIEWERS_MAX = 20;
/** How long viewers have to answer a close frame when the server goes away. */
const GOODBYE_MS = 500;

export interface InspectionParts {
  feed: Feed;
  config: Config;
  log: Logger;
  /** What an upgrade that is refused carries besides its status. */
  refusalHeaders: readonly (readonly [name: string, value: string])[];
}

/** The inspector's side of the server: lets viewers in, and passes them the feed. */
export class InspectionTransport {
  readonly #parts: InspectionParts;
  readonly #viewers = new Set<WebSocket>();
  readonly #upgrader = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    autoPong: false,
    maxPayload: FRAME_MAX_BYTES,
  });

  #isClosing = false;

  constructor(parts: InspectionParts) {
    this.#parts = parts;
  }

  /** For requests to `/ws/inspect`: listener of the HTTP server's `upgrade` event. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { config, log, refusalHeaders } = this.#parts;
    socket.on('error', () => socket.destroy());
    const refusal = inspectionRefusal(request, config);
    const address = clientAddress(request, config.TRUST_PROXY);
    if (refusal) {
      if (config.INSPECT) log.warn({ address }, `refused a viewer: ${refusal.error}`);
      refuseUpgrade(socket, refusal.status, refusal.error, refusalHeaders);
      return;
    }
    if (this.#isClosing) {
      refuseUpgrade(socket, 503, 'Server is going away', refusalHeaders);
      return;
    }
    try {
      this.#upgrader.handleUpgrade(request, socket, head, (ws) => {
        const wantsList = parseTarget(request.url)?.searchParams.has('list') ?? false;
        this.#accept(ws, socket, wantsList, address);
      });
    } catch (error) {
      log.error({ err: error }, 'the upgrade of a viewer met a bug');
      socket.destroy();
    }
  }

  /** Closes every viewer with 1001. */
  close(): void {
    this.#isClosing = true;
    const { code, reason } = closeCodes.goingAway;
    for (const ws of this.#viewers) {
      ws.close(code, reason);
      setTimeout(() => ws.terminate(), GOODBYE_MS);
    }
  }

  #accept(ws: WebSocket, socket: Duplex, wantsList: boolean, address: string): void {
    const { feed, log } = this.#parts;
    if (this.#viewers.size >= VIEWERS_MAX) {
      log.warn({ address }, 'refused a viewer: there are too many');
      turnAway(ws);
      return;
    }
    ws.on('error', () => ws.terminate());
    this.#viewers.add(ws);
    log.info({ address }, 'viewer came');
    const viewer = new ViewerConnection(ws, socket, feed, wantsList);
    ws.once('close', () => {
      this.#viewers.delete(ws);
      viewer.leave();
      log.info({ address }, 'viewer went');
    });
  }
}
