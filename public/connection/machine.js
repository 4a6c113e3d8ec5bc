// @ts-check
import { assign, sendTo, setup } from 'xstate';
import { delayBefore } from './backoff.js';
import { endsForGood } from './close-codes.js';
import { line } from './line.js';

/** @import { ClientFrame } from '../../src/protocol/client-frames.ts' */
/** @import { LineOwner } from './line.js' */

/**
 * @typedef {object} Context
 * @property {LineOwner} owner
 * @property {number} attempts since the connection last held
 * @property {number} code of the last close
 * @property {number} until when the next attempt is made, in milliseconds since the epoch
 * @property {boolean} again there was a connection before: words differ
 *
 * @typedef {{ type: 'connection.open' }
 *   | { type: 'line.greeted' }
 *   | { type: 'line.heard' }
 *   | { type: 'line.doubted' }
 *   | { type: 'line.lost', code: number }
 *   | { type: 'frame.send', frame: ClientFrame }
 *   | { type: 'network.lost' }
 *   | { type: 'network.found' }
 *   | { type: 'tab.woke' }
 *   | { type: 'retry.now' }
 *   | { type: 'session.replaced' }
 *   | { type: 'session.quit' }
 *   | { type: 'session.ended', code: number }} ConnectionEvent
 */

const definition = setup({
  types: {
    context: /** @type {Context} */ ({}),
    events: /** @type {ConnectionEvent} */ ({}),
    input: /** @type {LineOwner} */ ({}),
  },
  actors: { line },
  guards: {
    endsForGood: (_, /** @type {number} */ code) => endsForGood(code),
    isOfflineByBrowser: () => navigator.onLine === false,
  },
  delays: {
    greetingDue: 10_000,
    /** A line that was in doubt and is silent this long is dead. */
    answerDue: 4_000,
    /** Online this long, the next loss starts again with the first delay. */
    steadyFor: 5_000,
    farewellDue: 3_000,
    pause: ({ context }) => Math.max(0, context.until - Date.now()),
  },
  actions: {
    noteCode: assign({ code: (_, /** @type {number} */ code) => code }),
    planRetry: assign({
      until: ({ context: { attempts, code } }) => Date.now() + delayBefore(attempts, code),
      attempts: ({ context }) => context.attempts + 1,
    }),
    forgetAttempts: assign({ attempts: 0, code: 0 }),
    noteOnline: assign({ again: true }),
    noteOpened: assign({ again: false, attempts: 0, code: 0 }),
    sendFrame: sendTo('line', (_, /** @type {ClientFrame} */ frame) => ({
      type: /** @type {const} */ ('frame.send'),
      frame,
    })),
    probe: sendTo('line', { type: 'line.probe' }),
  },
});

/**
 * The page's connection to the server: who connects, waits and gives up, and why. The owner of the page sends to it
 * what the browser and the user say; `line`, which it invokes while there should be a WebSocket, what that does.
 */
export const connectionMachine = definition.createMachine({
  id: 'connection',
  context: ({ input }) => ({ owner: input, attempts: 0, code: 0, until: 0, again: false }),
  initial: 'idle',
  on: {
    // With no connection to say so, the session ends by the server's grace period.
    'session.quit': { target: '.ended', actions: { type: 'noteCode', params: 0 } },
    'session.ended': { target: '.ended', actions: { type: 'noteCode', params: ({ event }) => event.code } },
  },
  states: {
    idle: { on: { 'connection.open': { target: 'linked', actions: 'noteOpened' } } },

    linked: {
      invoke: { src: 'line', id: 'line', input: ({ context }) => context.owner },
      on: {
        'session.replaced': { target: 'linked', reenter: true },
        'line.lost': [
          {
            guard: { type: 'endsForGood', params: ({ event }) => event.code },
            target: 'ended',
            actions: { type: 'noteCode', params: ({ event }) => event.code },
          },
          { target: 'lost', actions: { type: 'noteCode', params: ({ event }) => event.code } },
        ],
      },
      initial: 'connecting',
      states: {
        connecting: {
          after: { greetingDue: { target: '#connection.lost' } },
          on: {
            'line.greeted': { target: 'online' },
            'network.lost': { target: '#connection.lost' },
          },
        },
        online: {
          entry: 'noteOnline',
          initial: 'steady',
          on: {
            'frame.send': { actions: { type: 'sendFrame', params: ({ event }) => event.frame } },
            'session.quit': { target: 'leaving' },
          },
          states: {
            steady: {
              after: { steadyFor: { actions: 'forgetAttempts' } },
              on: {
                'tab.woke': { target: 'doubtful' },
                'line.doubted': { target: 'doubtful' },
                'network.lost': { target: 'doubtful' },
                'network.found': { target: 'doubtful' },
              },
            },
            doubtful: {
              entry: 'probe',
              after: { answerDue: { target: '#connection.lost' } },
              on: { 'line.heard': { target: 'steady' } },
            },
          },
        },
        leaving: {
          entry: [
            { type: 'sendFrame', params: { type: 'quit' } },
            { type: 'noteCode', params: 0 },
          ],
          // Without a network nothing answers.
          always: { guard: 'isOfflineByBrowser', target: '#connection.ended' },
          after: { farewellDue: { target: '#connection.ended' } },
          on: {
            'line.lost': { target: '#connection.ended' },
            'network.lost': { target: '#connection.ended' },
          },
        },
      },
    },

    /** Decides what to wait for. */
    lost: { always: [{ guard: 'isOfflineByBrowser', target: 'offline' }, { target: 'waiting' }] },

    waiting: {
      entry: 'planRetry',
      after: { pause: { target: 'linked' } },
      on: {
        'retry.now': { target: 'linked', actions: 'forgetAttempts' },
        'network.found': { target: 'linked', actions: 'forgetAttempts' },
        'tab.woke': { target: 'linked' },
        'network.lost': { target: 'offline' },
      },
    },

    offline: {
      on: {
        'retry.now': { target: 'linked', actions: 'forgetAttempts' },
        'network.found': { target: 'linked', actions: 'forgetAttempts' },
      },
    },

    ended: { on: { 'connection.open': { target: 'linked', actions: 'noteOpened' } } },
  },
});
