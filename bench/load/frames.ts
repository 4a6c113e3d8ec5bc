/** The little of WebSocket (RFC 6455, section 5) that a client needs which must cost next to nothing. */

export const TEXT = 0x1;
export const CLOSE = 0x8;
export const PING = 0x9;
export const PONG = 0xa;

const FINAL = 0x80;
const MASKED = 0x80;

/** A frame from a client. The mask is zero: allowed, and it leaves the payload as it is. */
export function clientFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  if (length > 0xffff) throw new RangeError('Payload is longer than 65535 bytes');
  const head =
    length < 126
      ? [FINAL | opcode, MASKED | length]
      : [FINAL | opcode, MASKED | 126, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

type Take = (bytes: Buffer, start: number, end: number, opcode: number) => void;

/** Cuts what a server sends into frames, in place: only a frame that two reads share is copied. */
export class FrameCutter {
  readonly #take: Take;
  #rest: Buffer | undefined;

  /** @param take is given each payload as a range of bytes that is valid only during the call */
  constructor(take: Take) {
    this.#take = take;
  }

  cut(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    while (bytes.length - at >= 2) {
      let length = (bytes[at + 1] as number) & 0x7f;
      let start = at + 2;
      if (length === 126) {
        if (bytes.length - at < 4) break;
        length = bytes.readUInt16BE(at + 2);
        start = at + 4;
      } else if (length === 127) {
        if (bytes.length - at < 10) break;
        length = Number(bytes.readBigUInt64BE(at + 2));
        start = at + 10;
      }
      if (bytes.length < start + length) break;
      this.#take(bytes, start, start + length, (bytes[at] as number) & 0x0f);
      at = start + length;
    }
    this.#rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : undefined;
  }
}
