import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { hangUp } from '../hang-up.ts';

/**
 * Answers a request that offers to upgrade to a protocol we do not speak, such as `h2c`, as if it had offered
 * nothing: curl and Java's client do so by default. Node leaves all of these to whoever listens for upgrades.
 * @param unreadMs after which a client that does not read its answer is cut off
 */
export function answerPassingOverUpgrade(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  request: IncomingMessage,
  socket: Socket,
  unreadMs: number,
): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once('finish', () => hangUp(socket));
  socket.once('error', () => socket.destroy());
  socket.setTimeout(unreadMs, () => socket.destroy());
  // Nothing more is read of it but its end, which cuts off its answer as it does that of any other request.
  socket.once('end', () => socket.end());
  socket.resume();
  handle(request, response);
}
