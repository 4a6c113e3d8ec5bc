// @ts-check
import { assign, fromPromise, sendTo, setup } from 'xstate';
import { delayBefore } from '../../connection/backoff.js';
import { askForAccess } from './access.js';
import { socket } from './socket.js';

/** @import { Access } from './access.js' */
/** @import { FeedOwner, SocketOrder } from './socket.js' */

/**
 * @typedef {object} Context
 * @property {FeedOwner} owner
 * @property {number} attempts since the feed last came
 * @property {number} until when the next attempt is made, in milliseconds since the epoch
 * @property {boolean} again it came before: words differ
 * @property {string} words in which the server refused
 *
 * @typedef {{ type: 'feed.open' }
 *   | { type: 'feed.close' }
 *   | { type: 'retry.now' }
 *   | { type: 'socket.greeted' }
 *   | { type: 'socket.lost' }
 *   | SocketOrder} FeedEvent
 */

const definition = setup({
  types: {
    context: /** @type {Context} */ ({}),
    events: /** @type {FeedEvent} */ ({}),
    input: /** @type {FeedOwner} */ ({}),
  },
  actors: {
    socket,
    askForAccess: fromPromise(
      /** @param {{ input: string, signal: AbortSignal }} asked */
      ({ input, signal }) => askForAccess(input, signal),
    ),
  },
  guards: {
    isOff: (_, /** @type {Access} */ access) => access.verdict === 'off',
    isRefused: (_, /** @type {Access} */ access) => access.verdict === 'refused',
  },
  delays: {
    greetingDue: 10_000,
    pause: ({ context }) => Math.max(0, context.until - Date.now()),
  },
  actions: {
    planRetry: assign({
      until: ({ context }) => Date.now() + delayBefore(context.attempts, 0),
      attempts: ({ context }) => context.attempts + 1,
    }),
    noteOpened: assign({ attempts: 0, again: true }),
    forgetAttempts: assign({ attempts: 0 }),
    noteWords: assign({
      words: (_, /** @type {Access} */ access) => (access.verdict === 'refused' ? access.words : ''),
    }),
    sendSubscription: sendTo('socket', (_, /** @type {SocketOrder} */ order) => order),
  },
});

/**
 * The inspector's line to the server. The page opens and closes it and subscribes; `socket`, which it invokes while there
 * should be a WebSocket, tells how that goes.
 */
export const feedMachine = definition.createMachine({
  id: 'feed',
  context: ({ input }) => ({ owner: input, attempts: 0, until: 0, again: false, words: '' }),
  initial: 'resting',
  on: { 'feed.close': { target: '.resting' } },
  states: {
    resting: { on: { 'feed.open': { target: 'linked', actions: 'forgetAttempts' } } },

    linked: {
      invoke: { src: 'socket', id: 'socket', input: ({ context }) => context.owner },
      initial: 'connecting',
      states: {
        connecting: {
          after: { greetingDue: { target: '#feed.asking' } },
          on: { 'socket.greeted': { target: 'open' }, 'socket.lost': { target: '#feed.asking' } },
        },
        open: {
          entry: 'noteOpened',
          on: {
            'socket.lost': { target: '#feed.waiting' },
            'subscription.send': {
              actions: { type: 'sendSubscription', params: ({ event }) => event },
            },
          },
        },
      },
    },

    /** It did not open: is it off, are we refused, or is the server away? */
    asking: {
      invoke: {
        src: 'askForAccess',
        input: ({ context }) => context.owner.token(),
        onDone: [
          { guard: { type: 'isOff', params: ({ event }) => event.output }, target: 'off' },
          {
            guard: { type: 'isRefused', params: ({ event }) => event.output },
            target: 'refused',
            actions: { type: 'noteWords', params: ({ event }) => event.output },
          },
          { target: 'waiting' },
        ],
        onError: { target: 'waiting' },
      },
    },

    waiting: {
      entry: 'planRetry',
      after: { pause: { target: 'linked' } },
      on: { 'retry.now': { target: 'linked', actions: 'forgetAttempts' } },
    },

    off: { on: { 'retry.now': { target: 'linked' } } },
    refused: { on: { 'retry.now': { target: 'linked' } } },
  },
});
