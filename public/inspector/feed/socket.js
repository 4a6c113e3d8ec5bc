// @ts-check
import { fromCallback } from 'xstate';

/** @import { FeedFrame, Subscription } from '../../../src/inspect/wire.ts' */

/**
 * @typedef {object} FeedOwner
 * @property {() => string} token empty for none; asked for at each attempt
 * @property {(frame: FeedFrame, size: number) => void} frameArrived `size` in characters
 *
 * @typedef {{ type: 'subscription.send', subscription: Omit<Subscription, 'type'> }} SocketOrder
 */

/**
 * One WebSocket to the feed, from the attempt to its end; invoked by the feed's machine. Frames go straight to the
 * owner.
 */
export const socket = /** @type {import('xstate').CallbackActorLogic<SocketOrder, FeedOwner>} */ (
  fromCallback(({ sendBack, receive, input }) => {
    const { token, frameArrived } = /** @type {FeedOwner} */ (/** @type {unknown} */ (input));
    let isGreeted = false;

    const socket = new WebSocket(addressOf(token()));
    socket.onmessage = ({ data }) => {
      const frame = /** @type {FeedFrame} */ (JSON.parse(data));
      if (!isGreeted) {
        isGreeted = true;
        sendBack({ type: 'socket.greeted' });
      }
      frameArrived(frame, data.length);
    };
    socket.onclose = () => sendBack({ type: 'socket.lost' });

    receive((event) => {
      const { subscription } = /** @type {SocketOrder} */ (event);
      if (socket.readyState === WebSocket.OPEN) {
        socket.send(JSON.stringify({ type: 'subscribe', ...subscription }));
      }
    });

    return () => {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    };
  })
);

/** @param {string} token */
function addressOf(token) {
  const url = new URL('ws/inspect?list', document.baseURI);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (token !== '') url.searchParams.set('token', token);
  return url;
}
