import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ServerFrame } from '../../src/protocol/server-frames.ts';
import { PATIENCE_MS } from './patience.mjs';

/**
 * Asks for the upgrade and sends frames in one and the same write, before any answer can have come.
 * @param url of the WebSocket endpoint, `ws://…`
 * @returns the first frames of the server
 */
export async function framesAfterEagerSend(
  url: string,
  sent: object[],
  count: number,
): Promise<ServerFrame[]> {
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  const head = [
    `GET ${pathname}${search} HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    '\r\n',
  ].join('\r\n');
  socket.write(Buffer.concat([Buffer.from(head), ...sent.map((frame) => masked(JSON.stringify(frame)))]));
  return received(socket, count);
}

/** A text frame as a client has to send it. */
function masked(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length > 125) throw new TypeError('only short frames are sent so early');
  const mask = randomBytes(4);
  const body = payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length]), mask, body]);
}

function received(socket: Socket, count: number): Promise<ServerFrame[]> {
  let bytes = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`got ${show()} in time`)), PATIENCE_MS);
    const show = () => JSON.stringify(bytes.toString('latin1').slice(0, 2_000));
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      const frames = textFrames(bytes.subarray(end + 4));
      if (frames.length < count) return;
      clearTimeout(timer);
      resolve(frames.map((text) => JSON.parse(text)));
    });
  });
}

/** The whole text frames at the beginning of `bytes`; control frames are left out. */
function textFrames(bytes: Buffer): string[] {
  const texts: string[] = [];
  let at = 0;
  while (bytes.length >= at + 2) {
    const opcode = bytes.readUInt8(at) & 0x0f;
    const short = bytes.readUInt8(at + 1) & 0x7f;
    const start = at + (short === 127 ? 10 : short === 126 ? 4 : 2);
    if (bytes.length < start) break;
    const length =
      short === 127
        ? Number(bytes.readBigUInt64BE(at + 2))
        : short === 126
          ? bytes.readUInt16BE(at + 2)
          : short;
    if (bytes.length < start + length) break;
    if (opcode === 1) texts.push(bytes.toString('utf8', start, start + length));
    at = start + length;
  }
  return texts;
}
