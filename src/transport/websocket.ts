import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { Clock } from '../actors/clock.ts';
import type { Admission, Directory, Introduction } from '../actors/directory.ts';
import { Slices } from '../actors/slices.ts';
import { clientAddress } from '../address.ts';
import type { Config } from '../config.ts';
import { isOriginAllowed } from '../origin.ts';
import { createDecoder } from '../protocol/decode.ts';
import { FRAME_MAX_BYTES } from '../protocol/limits.ts';
import { Gate } from './admission.ts';
import { ClientSocket } from './client-socket.ts';
import { ClientConnection, type ConnectionParts } from './connection.ts';
import { Heartbeat } from './heartbeat.ts';
import { refuseUpgrade, turnAway } from './refusal.ts';
import { parseTarget } from './target.ts';

const PATH = '/ws/chat';
/** How long clients have to answer a close frame when the server goes away. */
const GOODBYE_MS = 1_500;

export interface WebSocketParts {
  directory: Directory;
  clock: Clock;
  config: Config;
  log: Logger;
  /** What an upgrade that is refused carries besides its status. */
  refusalHeaders: readonly (readonly [name: string, value: string])[];
}

/** The WebSocket side of the server: takes upgrades, admits clients, and keeps their connections. */
export class WebSocketTransport {
  readonly #parts: WebSocketParts;
  readonly #common: ConnectionParts;
  readonly #gate: Gate;
  readonly #heartbeat: Heartbeat;
  readonly #connections = new Map<ClientConnection, Visit>();
  // Nothing is compressed: it would be done anew for each receiver of a broadcast.
  readonly #upgrader = new WebSocketServer({
    WebSocket: ClientSocket,
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: FRAME_MAX_BYTES,
    autoPong: false,
  });
  #isClosing = false;

  constructor(parts: WebSocketParts) {
    this.#parts = parts;
    const { clock, config, log } = parts;
    const decode = createDecoder(config.MAX_TEXT);
    const { add: later } = new Slices();
    const gone = this.#gone;
    this.#common = { clock, decode, later, maxQueueBytes: config.MAX_QUEUE_BYTES, log, gone };
    this.#heartbeat = new Heartbeat(clock);
    this.#gate = new Gate(clock, {
      connections: config.MAX_CONNECTIONS,
      perAddress: config.MAX_CONNECTIONS_PER_ADDRESS,
      perMinute: config.CONNECTS_PER_MINUTE,
    });
  }

  get connections(): number {
    return this.#gate.open;
  }

  /** Listener of the HTTP server's `upgrade` event. */
  readonly upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const { config, log } = this.#parts;
    // No closure: one made here would keep the request, headers and all, for as long as the socket lives.
    socket.on('error', destroyOnError);
    const url = parseTarget(request.url);
    if (url?.pathname !== PATH) {
      this.#refuse(socket, 404, 'Not found');
      return;
    }
    if (!isOriginAllowed(request, config)) {
      log.warn({ address: clientAddress(request, config.TRUST_PROXY) }, 'refused a foreign origin');
      this.#refuse(socket, 403, 'Origin is not allowed');
      return;
    }
    if (this.#isClosing) {
      this.#refuse(socket, 503, 'Server is going away');
      return;
    }
    // The writer uncorks it: the answer to the upgrade leaves with the greeting, in one write.
    socket.cork();
    try {
      this.#upgrader.handleUpgrade(request, socket, head, (ws) =>
        this.#accept(ws, socket, request, url.searchParams),
      );
    } catch (error) {
      log.error({ err: error }, 'an upgrade met a bug');
      socket.destroy();
    }
  };

  /** Closes every connection with 1001, and resolves when all are gone. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#heartbeat.stop();
    const open = [...this.#connections.keys()];
    for (const connection of open) connection.close('goingAway');
    if (open.length === 0) return;
    const gone = new Promise<void>((resolve) => {
      this.#whenEmpty = resolve;
    });
    const timer = setTimeout(() => {
      for (const connection of this.#connections.keys()) connection.terminate();
    }, GOODBYE_MS);
    if (this.#connections.size > 0) await gone;
    clearTimeout(timer);
  }

  #whenEmpty = () => {};

  #refuse(socket: Duplex, status: number, error: string): void {
    refuseUpgrade(socket, status, error, this.#parts.refusalHeaders);
  }

  #turnAway(ws: ClientSocket, socket: Duplex, address: string): void {
    socket.uncork();
    this.#parts.log.warn({ address }, 'refused a connection: overloaded');
    turnAway(ws);
  }

  #accept(ws: ClientSocket, socket: Duplex, request: IncomingMessage, query: URLSearchParams): void {
    const address = clientAddress(request, this.#parts.config.TRUST_PROXY);
    const leave = this.#gate.enter(address);
    if (!leave) {
      this.#turnAway(ws, socket, address);
      return;
    }
    let admitted: Admitted | undefined;
    try {
      admitted = this.#admit(ws, socket, query);
    } finally {
      if (!admitted) ws.once('close', leave);
    }
    if (!admitted) {
      this.#turnAway(ws, socket, address);
      return;
    }
    const { connection, admission } = admitted;
    connection.serve(admission);
    this.#connections.set(connection, { leave, address });
    this.#heartbeat.watch(connection);
    this.#parts.log.info({ user: admission.record.id, address }, 'connection opened');
  }

  #admit(ws: ClientSocket, socket: Duplex, query: URLSearchParams): Admitted | undefined {
    const { directory, config } = this.#parts;
    let connection: ClientConnection | undefined;
    const admission = directory.admit(introduction(query), (secret) => {
      const tag = config.INSPECT ? pageTag(query) : undefined;
      connection = new ClientConnection(ws, socket, this.#common, secret, tag);
      return connection;
    });
    return admission && connection && { connection, admission };
  }

  readonly #gone = (connection: ClientConnection, code: number): void => {
    const visit = this.#connections.get(connection);
    visit?.leave();
    // Behind what tells its session, so that whoever reads the line can rely on it.
    this.#common.later(() => {
      this.#connections.delete(connection);
      this.#heartbeat.unwatch(connection);
      this.#parts.log.info({ user: connection.user, address: visit?.address, code }, 'connection closed');
      if (this.#connections.size === 0) this.#whenEmpty();
    });
  };
}

/** A connection as others count it. */
interface Visit {
  readonly address: string;
  readonly leave: () => void;
}

interface Admitted {
  connection: ClientConnection;
  admission: Admission;
}

function destroyOnError(this: Duplex): void {
  this.destroy();
}

/** What a client may say of itself in the query; anything odd counts as not said. */
function introduction(query: URLSearchParams): Introduction {
  const cursor = query.get('lastMsgId') ?? '';
  return {
    name: query.get('name') ?? '',
    secret: query.get('session') || undefined,
    cursor: /^\d{1,16}$/.test(cursor) ? Number(cursor) : 0,
  };
}

/** What a chat page that is inspected as well calls itself. */
function pageTag(query: URLSearchParams): string | undefined {
  return /^[a-z0-9]{8,16}$/.exec(query.get('inspect') ?? '')?.[0];
}
