// @ts-check
import { mintRef } from '../ref.js';

/** @import { ClientFrameOf } from '../../src/protocol/client-frames.ts' */
/** @import { Line } from '../conversations/line.js' */

/**
 * What the user wrote and the server has not stored yet: a line of its conversation, with what it takes to send it.
 * @typedef {Line & {
 *   ref: string,
 *   key: string,
 *   address: string,
 *   body: string,
 *   state: 'pending' | 'failed',
 *   attemptedAt?: number,
 *   isEchoed?: boolean
 * }} Post
 *   `body` is sent where `text` is shown; `attemptedAt` is when it was first sent, in seconds since the epoch;
 *   echoed, the stored line is in the log already and only the acknowledgement is missing
 */

const ACTION = /^\/me\s+/i;

/**
 * @param {{ key: string, address: string, isPrivate: boolean }} conversation
 * @param {string} body as it was typed
 * @param {string} from the user's name
 * @returns {Post}
 */
export function writePost({ key, address, isPrivate }, body, from) {
  const isAction = ACTION.test(body);
  const literal = body.startsWith('//') ? body.slice(1) : body;
  const text = isAction ? `* ${from} ${body.replace(ACTION, '')}` : literal;
  return {
    ref: mintRef(),
    key,
    address,
    // Private messages know no commands: what one would make of the text, the page makes of it itself.
    body: isPrivate ? text : body,
    kind: isAction && !isPrivate ? 'action' : 'message',
    state: 'pending',
    from,
    text,
    ts: Date.now() / 1_000,
  };
}

/**
 * Whether a text is for the server to answer and not for others to read: such a one is not kept for later.
 * @param {string} text
 */
export function isCommand(text) {
  return text.startsWith('/') && !text.startsWith('//') && !ACTION.test(text);
}

/**
 * @param {Post} post
 * @returns {ClientFrameOf<'message'> | ClientFrameOf<'pm'>}
 */
export function frameOf({ address, body, ref }) {
  return address.startsWith('@')
    ? { type: 'pm', to: address.slice(1), text: body, ref }
    : { type: 'message', room: address, text: body, ref };
}
