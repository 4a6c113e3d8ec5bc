import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { hangUp } from '../hang-up.ts';
import { closeCodes } from '../protocol/close-codes.ts';

/** Answers an upgrade that is not granted, in the form of all other errors, and hangs up. */
export function refuseUpgrade(
  socket: Duplex,
  status: number,
  error: string,
  headers: readonly (readonly [name: string, value: string])[],
): void {
  const body = JSON.stringify({ error });
  const lines = [
    ...headers,
    ['Content-Type', 'application/json; charset=utf-8'],
    ['Content-Length', Buffer.byteLength(body)],
    ['Connection', 'close'],
  ].map(([name, value]) => `${name}: ${value}\r\n`);
  hangUp(socket, `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}

/** How long one that was not let in has to read why. */
const REFUSAL_MS = 2_000;

/** Turns one away of whom there are too many: after the handshake, since only then can a page read the code. */
export function turnAway(ws: WebSocket): void {
  const { code, reason } = closeCodes.overloaded;
  ws.on('error', () => ws.terminate());
  ws.close(code, reason);
  // Not counted, so it must not stay: ws itself waits much longer for the peer's side to be closed.
  const timer = setTimeout(() => ws.terminate(), REFUSAL_MS);
  ws.once('close', () => clearTimeout(timer));
}
