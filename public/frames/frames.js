// @ts-check
import { answerFrames } from './answers.js';
import { messageFrames } from './messages.js';
import { peopleFrames } from './people.js';
import { sessionFrames } from './session.js';

/** @import { ClientFrame } from '../../src/protocol/client-frames.ts' */
/** @import { ServerFrame, ServerFrameOf, ServerFrameType } from '../../src/protocol/server-frames.ts' */
/** @import { Chat } from '../chat.js' */

/**
 * @template {ServerFrameType} T
 * @typedef {(chat: Chat, frame: ServerFrameOf<T>, asked: ClientFrame | undefined) => void} Renderer
 *   `asked` is the frame of this page that it answers
 */
/** @typedef {{ [T in ServerFrameType]: Renderer<T> }} Renderers */

/**
 * One renderer for each frame of the protocol; `tsc` names the one that was forgotten.
 * @type {Renderers}
 */
const renderers = { ...sessionFrames, ...messageFrames, ...peopleFrames, ...answerFrames };

/**
 * Applies a frame to what the page shows.
 * @param {Chat} chat
 * @param {ServerFrame} frame
 * @param {ClientFrame | undefined} asked the frame of this page that it answers
 */
export function applyFrame(chat, frame, asked) {
  if (!isPartOfResume(frame)) chat.state.caughtUp();
  const apply = /** @type {Renderer<any> | undefined} */ (renderers[frame.type]);
  // A newer server may say more than this page understands.
  apply?.(chat, frame, asked);
}

/** The private messages that were missed come behind the `resumed`, and anything else behind them. @param {ServerFrame} frame */
function isPartOfResume({ type }) {
  return type === 'resumed' || type === 'pm' || type === 'pm_sent';
}
