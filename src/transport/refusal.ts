import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { hangUp } from '../hang-up.ts';

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
