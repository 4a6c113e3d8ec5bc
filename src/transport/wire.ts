import type { EncodedFrame } from '../protocol/encode.ts';

const FINAL_TEXT_FRAME = 0x81;
const EMPTY_PING = Buffer.of(0x89, 0);

/** The bytes of a frame's tail, which many frames share. */
export function tailToWire({ tail }: EncodedFrame): Buffer | undefined {
  if (!tail) return undefined;
  tail.wire ??= Buffer.from(tail.json);
  return tail.wire as Buffer;
}

/**
 * The bytes of an unmasked, uncompressed WebSocket text frame (RFC 6455, section 5.2), made on first use and
 * kept with the frame: every further receiver gets the same buffer. Those of its tail are to follow.
 */
export function toWire(frame: EncodedFrame): Buffer {
  frame.wire ??= framed(frame.json, tailToWire(frame)?.length);
  return frame.wire as Buffer;
}

/** The frame with a protocol ping behind it, which a client answers of its own accord. */
export function withProtocolPing(frame: EncodedFrame): EncodedFrame {
  frame.wire = Buffer.concat([toWire(frame), EMPTY_PING]);
  return frame;
}

function framed(json: string, tail = 0): Buffer {
  const own = Buffer.byteLength(json);
  const length = own + tail;
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const wire = Buffer.allocUnsafe(header + own);
  wire[0] = FINAL_TEXT_FRAME;
  if (header === 2) {
    wire[1] = length;
  } else if (header === 4) {
    wire[1] = 126;
    wire.writeUInt16BE(length, 2);
  } else {
    wire[1] = 127;
    wire.writeBigUInt64BE(BigInt(length), 2);
  }
  wire.write(json, header, 'utf8');
  return wire;
}
