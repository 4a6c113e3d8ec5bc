/**
 * The life of a subscription to `GET /events`, as its subscriber sees it. Written from the contract: nothing of what
 * is kept is lost by being cut off, and where something must be missing there is everything that is left, never
 * silence.
 */
import { and, assign, setup } from 'xstate';
import type { Model } from './model.ts';

export type SubscriptionModelEvent =
  /** So many events that are kept: one, as many as are kept, or more than that. */
  | { type: 'happen'; count: 'one' | 'as many as are kept' | 'more than are kept' }
  /** With nothing on its way, or with an event that may or may not have arrived. */
  | { type: 'cut'; while: 'idle' | 'busy' }
  /** After a pause, or at once: the next life must not begin with the ids of this one. */
  | { type: 'restart'; after: 'a minute' | 'a millisecond' }
  | { type: 'subscribe'; lastEventId: 'last seen' | 'none' | 'garbage' };

interface Context {
  /** How many events there have been since the one that was seen last; busy: one or none. */
  missed: 'none' | 'one' | 'as many as are kept' | 'too many';
  /** With what a subscription begins. */
  answer: 'nothing' | 'what was missed' | 'everything kept';
}

const subscription = setup({
  types: {} as { context: Context; events: SubscriptionModelEvent },
  guards: {
    isOne: ({ event }) => event.type === 'happen' && event.count === 'one',
    isAll: ({ event }) => event.type === 'happen' && event.count === 'as many as are kept',
    isBusy: ({ event }) => event.type === 'cut' && event.while === 'busy',
    hasNoId: ({ event }) => event.type === 'subscribe' && event.lastEventId === 'none',
    isGarbage: ({ event }) => event.type === 'subscribe' && event.lastEventId === 'garbage',
    missedNothing: ({ context }) => context.missed === 'none',
    missedOne: ({ context }) => context.missed === 'one',
    missedTooMuch: ({ context }) => context.missed === 'too many',
  },
  actions: {
    miss: assign((_, missed: Context['missed']) => ({ missed, answer: 'nothing' })),
    answer: assign((_, answer: Context['answer']) => ({ answer })),
  },
});

const missed = (what: Context['missed']) => ({ type: 'miss', params: what }) as const;
const begin = <T extends string>(target: T, answer: Context['answer']) =>
  ({ target, actions: [missed('none'), { type: 'answer', params: answer }] }) as const;
const noPast = { guard: 'hasNoId', ...begin('live', 'nothing') } as const;

/** A stream that is open, however it began. */
const open = {
  on: {
    happen: { target: 'live', actions: missed('none') },
    cut: [
      { guard: 'isBusy', target: 'cutOff', actions: missed('one') },
      { target: 'cutOff', actions: missed('none') },
    ],
    restart: { target: 'serverRestarted', actions: missed('too many') },
  },
} as const;

const machine = subscription.createMachine({
  id: 'subscription seen from outside',
  context: { missed: 'none', answer: 'nothing' },
  initial: 'live',
  states: {
    live: open,
    cutOff: {
      on: {
        happen: [
          { guard: and(['isOne', 'missedNothing']), actions: missed('one') },
          { guard: and(['isAll', 'missedNothing']), actions: missed('as many as are kept') },
          // One more than one is in between, and no other case than these.
          { guard: and(['isOne', 'missedOne']) },
          { actions: missed('too many') },
        ],
        subscribe: [
          noPast,
          { guard: 'isGarbage', ...begin('catchingUp', 'everything kept') },
          { guard: 'missedNothing', ...begin('live', 'nothing') },
          { guard: 'missedTooMuch', ...begin('gapTooLarge', 'everything kept') },
          begin('catchingUp', 'what was missed'),
        ],
        restart: { target: 'serverRestarted', actions: missed('too many') },
      },
    },
    /** The stream has begun with what was missed, every event once and in order. */
    catchingUp: open,
    /** It has begun with all that is kept, and some that was missed is not. */
    gapTooLarge: open,
    /** Its ids mean nothing any more. */
    serverRestarted: {
      on: {
        happen: { actions: missed('too many') },
        subscribe: [noPast, begin('catchingUp', 'everything kept')],
      },
    },
  },
});

export const subscriptionModel: Model<typeof machine> = {
  machine,
  events: [
    { type: 'happen', count: 'one' },
    { type: 'happen', count: 'as many as are kept' },
    { type: 'happen', count: 'more than are kept' },
    { type: 'cut', while: 'idle' },
    { type: 'cut', while: 'busy' },
    { type: 'restart', after: 'a minute' },
    { type: 'restart', after: 'a millisecond' },
    { type: 'subscribe', lastEventId: 'last seen' },
    { type: 'subscribe', lastEventId: 'none' },
    { type: 'subscribe', lastEventId: 'garbage' },
  ],
};
