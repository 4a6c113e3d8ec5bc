import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Answers a request that offers to upgrade to a protocol we do not speak, such as `h2c`, as if it had offered
 * nothing: curl and Java's client do so by default. Node leaves all of these to whoever listens for upgrades.
 */
export function answerPassingOverUpgrade(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  request: IncomingMessage,
  socket: Duplex,
): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  // A request that came over a connection has a `Socket`; Node's types allow for agents that bring their own.
  response.assignSocket(socket as Parameters<ServerResponse['assignSocket']>[0]);
  response.once('finish', () => socket.end());
  socket.once('error', () => socket.destroy());
  handle(request, response);
}
