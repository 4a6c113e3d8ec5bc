/**
 * The life of a session, as its user sees it, with Bea looking on from the lobby. Written from the contract: it
 * begins with a connection that is let in, outlives the last one by the grace, and whoever comes back within it was
 * never gone.
 */
import { assign, setup } from 'xstate';
import type { Model } from './model.ts';

export type SessionAnswer =
  | 'connected'
  | 'resumed'
  | 'error 403'
  | 'closed 1013'
  | 'nick_changed'
  | 'name_taken'
  | 'pm_sent'
  | 'empty'
  | 'rate_limited'
  | 'closed 1008'
  | 'closed 1000'
  | 'closed 4001'
  | 'nothing';

export type Cursor = 'newest' | 'none' | 'beyond';

export type SessionModelEvent =
  /** With a name that is free, one that Bea bears, and one that is too short. */
  | { type: 'connect'; name: 'Ann' | 'Bea' | '!' }
  /** At a server that does not let one in. */
  | { type: 'knock'; at: 'foreign origin' | 'full server' }
  /** Another connection of the session. */
  | { type: 'open'; cursor: Cursor }
  /** One connection. */
  | { type: 'lose'; how: 'close' | 'drop' }
  | { type: 'comeBack'; cursor: Cursor }
  | { type: 'rename'; to: 'Anna' | 'Bea' }
  /** Bea writes to the user. */
  | { type: 'receive'; text: 'psst' | '  ' }
  /** More frames than a burst; or so many that it can be no mistake. */
  | { type: 'flood'; how: 'a little' | 'regardless' }
  /** The user reads nothing, and much is said. */
  | { type: 'stall'; for: 'a moment' | 'too long' }
  | { type: 'quit'; on: 'first connection' | 'last connection' }
  /** The time is that which a refusal has named, or which an absence may last. */
  | { type: 'wait'; time: 'a moment' | 'the time' };

interface Context {
  name: 'as given' | 'Anna';
  answer: SessionAnswer;
}

const session = setup({
  types: {} as { context: Context; events: SessionModelEvent },
  guards: {
    isForeign: ({ event }) => event.type === 'knock' && event.at === 'foreign origin',
    isBlank: ({ event }) => event.type === 'receive' && event.text.trim() === '',
    isTaken: ({ event }) => event.type === 'rename' && event.to === 'Bea',
    isShort: ({ event }) =>
      (event.type === 'wait' && event.time === 'a moment') ||
      (event.type === 'stall' && event.for === 'a moment') ||
      (event.type === 'flood' && event.how === 'a little'),
  },
  actions: {
    beCalled: assign((_, name: Context['name']) => ({ name })),
    answer: assign((_, answer: SessionAnswer) => ({ answer })),
  },
});

const answered = (answer: SessionAnswer) => ({ type: 'answer', params: answer }) as const;
const beCalled = (name: Context['name']) => ({ type: 'beCalled', params: name }) as const;
const goesTo = <T extends string>(target: T, answer: SessionAnswer) =>
  ({ target, actions: answered(answer) }) as const;

const comesIn = {
  connect: { target: 'online', actions: [beCalled('as given'), answered('connected')] },
} as const;
const comesBack = {
  comeBack: goesTo('resumed', 'resumed'),
  receive: [{ guard: 'isBlank', actions: answered('empty') }, { actions: answered('pm_sent') }],
  wait: [{ guard: 'isShort', actions: answered('nothing') }, goesTo('ended', 'nothing')],
} as const;

/** What one with a single connection can do, however they came by it. */
const present = {
  on: {
    open: goesTo('onlineInSeveral', 'resumed'),
    lose: goesTo('away', 'nothing'),
    rename: [
      { guard: 'isTaken', actions: answered('name_taken') },
      { target: 'renamed', actions: [beCalled('Anna'), answered('nick_changed')] },
    ],
    receive: [{ guard: 'isBlank', actions: answered('empty') }, { actions: answered('pm_sent') }],
    flood: [{ guard: 'isShort', ...goesTo('rateLimited', 'rate_limited') }, goesTo('away', 'closed 1008')],
    quit: goesTo('ended', 'closed 1000'),
  },
} as const;

const machine = session.createMachine({
  id: 'session seen from outside',
  context: { name: 'as given', answer: 'nothing' },
  initial: 'connecting',
  states: {
    connecting: {
      on: {
        ...comesIn,
        knock: [{ guard: 'isForeign', ...goesTo('refused', 'error 403') }, goesTo('refused', 'closed 1013')],
      },
    },
    refused: { on: comesIn },
    online: {
      on: {
        ...present.on,
        // Only here, though it may happen wherever one is present: it takes megabytes each time.
        stall: [{ guard: 'isShort', actions: answered('nothing') }, goesTo('tooSlow', 'closed 4001')],
      },
    },
    onlineInSeveral: {
      on: {
        lose: goesTo('online', 'nothing'),
        rename: [
          { guard: 'isTaken', actions: answered('name_taken') },
          { actions: [beCalled('Anna'), answered('nick_changed')] },
        ],
        receive: [{ guard: 'isBlank', actions: answered('empty') }, { actions: answered('pm_sent') }],
        quit: goesTo('ended', 'closed 1000'),
      },
    },
    renamed: present,
    resumed: present,
    /** The bucket is empty; one is still heard by others' standards, that is, present. */
    rateLimited: {
      on: {
        wait: [{ guard: 'isShort', actions: answered('rate_limited') }, goesTo('online', 'nothing')],
        flood: { guard: 'isShort', actions: answered('rate_limited') },
        lose: goesTo('away', 'nothing'),
      },
    },
    /** Without a connection: a member still, and the name still theirs. */
    away: { on: comesBack },
    /** Closed because it did not read; like away, with more to catch up on. */
    tooSlow: { on: comesBack },
    /** Its secret is worth nothing any more. */
    ended: { on: { comeBack: { target: 'online', actions: [beCalled('as given'), answered('connected')] } } },
  },
});

export const sessionModel: Model<typeof machine> = {
  machine,
  events: [
    { type: 'connect', name: 'Ann' },
    { type: 'connect', name: 'Bea' },
    { type: 'connect', name: '!' },
    { type: 'knock', at: 'foreign origin' },
    { type: 'knock', at: 'full server' },
    { type: 'open', cursor: 'newest' },
    { type: 'open', cursor: 'none' },
    { type: 'open', cursor: 'beyond' },
    { type: 'lose', how: 'close' },
    { type: 'lose', how: 'drop' },
    { type: 'comeBack', cursor: 'newest' },
    { type: 'comeBack', cursor: 'none' },
    { type: 'comeBack', cursor: 'beyond' },
    { type: 'rename', to: 'Anna' },
    { type: 'rename', to: 'Bea' },
    { type: 'receive', text: 'psst' },
    { type: 'receive', text: '  ' },
    { type: 'flood', how: 'a little' },
    { type: 'flood', how: 'regardless' },
    { type: 'stall', for: 'a moment' },
    { type: 'stall', for: 'too long' },
    { type: 'quit', on: 'first connection' },
    { type: 'quit', on: 'last connection' },
    { type: 'wait', time: 'a moment' },
    { type: 'wait', time: 'the time' },
  ],
};
