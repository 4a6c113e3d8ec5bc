// @ts-check
import { fromCallback } from 'xstate';

/** @import { ClientFrame } from '../../src/protocol/client-frames.ts' */
/** @import { ServerFrame } from '../../src/protocol/server-frames.ts' */

/**
 * @typedef {object} LineOwner
 * @property {() => Record<string, string>} parameters of the URL, asked for at each attempt
 * @property {(frame: ServerFrame) => void} frameArrived
 *
 * @typedef {{ type: 'frame.send', frame: ClientFrame } | { type: 'line.probe' }} LineOrder
 */

/** Milliseconds. The server pings every 25 s: longer silence is a doubt. */
const SILENCE_MAX = 40_000;
const LOOK_EVERY = 5_000;
/** A timer this late has slept, and the tab with it. */
const SLEPT = 15_000;

/**
 * One WebSocket, from the attempt to its end; invoked by the connection machine. Frames go straight to the owner: what
 * is said in rooms is no matter of the machine's.
 */
export const line = /** @type {import('xstate').CallbackActorLogic<LineOrder, LineOwner>} */ (
  fromCallback(({ sendBack, receive, input }) => {
    const { parameters, frameArrived } = /** @type {LineOwner} */ (/** @type {unknown} */ (input));
    let isGreeted = false;
    let isProbing = false;
    let heardAt = Date.now();
    let lookedAt = Date.now();

    const socket = new WebSocket(addressOf(parameters()));
    socket.onmessage = ({ data }) => {
      heardAt = Date.now();
      const frame = /** @type {ServerFrame} */ (JSON.parse(data));
      if (!isGreeted && (frame.type === 'connected' || frame.type === 'resumed')) {
        isGreeted = true;
        sendBack({ type: 'line.greeted' });
      }
      if (isProbing) {
        isProbing = false;
        sendBack({ type: 'line.heard' });
      }
      frameArrived(frame);
    };
    socket.onclose = ({ code }) => sendBack({ type: 'line.lost', code });

    receive((event) => {
      const order = /** @type {LineOrder} */ (event);
      if (order.type === 'line.probe') isProbing = true;
      if (socket.readyState !== WebSocket.OPEN) return;
      socket.send(JSON.stringify(order.type === 'frame.send' ? order.frame : { type: 'ping' }));
    });

    const timer = setInterval(() => {
      const now = Date.now();
      const hasSlept = now - lookedAt > SLEPT;
      lookedAt = now;
      if (isGreeted && (hasSlept || now - heardAt > SILENCE_MAX)) sendBack({ type: 'line.doubted' });
    }, LOOK_EVERY);

    return () => {
      clearInterval(timer);
      // A dead line cannot finish a closing handshake: nobody waits for it.
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    };
  })
);

/** @param {Record<string, string>} parameters */
function addressOf(parameters) {
  const url = new URL('ws/chat', document.baseURI);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = new URLSearchParams(parameters).toString();
  return url;
}
