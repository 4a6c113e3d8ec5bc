import type { ServerFrame } from './server-frames.ts';

/**
 * A frame ready to go out, made once for all its receivers. The transport keeps in `wire` the bytes that it
 * framed on first use, so the second receiver costs no more than a write.
 */
export interface EncodedFrame {
  readonly json: string;
  wire: Uint8Array | undefined;
}

export function encode(frame: ServerFrame): EncodedFrame {
  return { json: JSON.stringify(frame), wire: undefined };
}

/** Bytes that `text` takes in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x800) {
      // A surrogate is half of a four-byte character, any other unit up here is three bytes.
      bytes += unit >= 0xd800 && unit <= 0xdfff ? 1 : 2;
    } else if (unit >= 0x80) bytes += 1;
  }
  return bytes;
}
