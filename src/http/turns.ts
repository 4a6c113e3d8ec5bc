import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;
type Turn = Parameters<Handle>;

/** Requests of one connection that may wait for the answers before them. */
const WAITING_MAX = 32;

/**
 * Lets each connection have one request answered at a time. Node hands over all requests that come in one
 * piece at once, and keeps their answers until those before them have been taken: whoever sends a thousand and
 * reads nothing would have a thousand built.
 */
export class Turns {
  readonly #handle: Handle;
  /** Those that wait, for each connection that is being answered. */
  readonly #lines = new WeakMap<Socket, Turn[]>();

  constructor(handle: Handle) {
    this.#handle = handle;
  }

  /** Listener of the server's `request` event. */
  readonly take: Handle = (request, response) => {
    const { socket } = request;
    // The rest of a piece is still parsed when its connection has been cut off.
    if (socket.destroyed) return;
    const line = this.#lines.get(socket);
    if (!line) this.#begin(request, response);
    else if (line.length < WAITING_MAX) line.push([request, response]);
    else socket.destroy();
  };

  /** Whether an answer is on its way, behind which nothing else may be written. */
  isAnswering(socket: Socket): boolean {
    return this.#lines.has(socket);
  }

  #begin(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    if (!this.#lines.has(socket)) this.#lines.set(socket, []);
    response.once('close', () => this.#end(socket));
    this.#handle(request, response);
  }

  #end(socket: Socket): void {
    const next = this.#lines.get(socket)?.shift();
    // An answer that is not to be sent, since the one before it was the last, has no socket.
    if (next?.[1].socket && !socket.destroyed) this.#begin(...next);
    else this.#lines.delete(socket);
  }
}
