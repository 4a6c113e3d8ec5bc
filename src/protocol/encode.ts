import type { User } from './entities.ts';
import type { ServerFrame, ServerFrameOf } from './server-frames.ts';

/**
 * A frame ready to go out, made once for all its receivers. The transport keeps in `wire` the bytes that it
 * framed on first use, so the second receiver costs no more than a write.
 */
export interface EncodedFrame {
  readonly json: string;
  /** The rest of the JSON, where other frames have the same. */
  readonly tail?: SharedTail;
  wire: Uint8Array | undefined;
}

/** The end of many frames, whose bytes are made once for all of them. */
export interface SharedTail {
  readonly json: string;
  wire: Uint8Array | undefined;
}

export function encode(frame: ServerFrame): EncodedFrame {
  return { json: JSON.stringify(frame), wire: undefined };
}

/** A frame with the list of a room's users, without that list: it is long, and the same in many frames. */
type Listing = { [T in ListingType]: Omit<ServerFrameOf<T>, 'users'> }[ListingType];
type ListingType = 'joined' | 'user_joined' | 'user_left' | 'nick_changed';

/** @param users the JSON of the list */
export function encodeWithUsers(frame: Listing, users: string): EncodedFrame {
  return { json: `${openedFor(frame)}${users}}`, wire: undefined };
}

/** @param tail what `usersTail` has made of the list */
export function encodeBeforeUsers(frame: Listing, tail: SharedTail): EncodedFrame {
  return { json: openedFor(frame), tail, wire: undefined };
}

export function usersTail(users: readonly User[]): SharedTail {
  return { json: `${JSON.stringify(users)}}`, wire: undefined };
}

function openedFor(frame: Listing): string {
  return `${JSON.stringify(frame).slice(0, -1)},"users":`;
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
