/**
 * The life of a standing room, as one user sees it: nobody creates it and nobody's leaving deletes it, and what was
 * said in it stays. The lobby, where everybody is, cannot even be left.
 */
import { assign, setup } from 'xstate';
import type { Model } from './model.ts';
import type { RoomAnswer } from './room.model.ts';

export type StandingRoomAnswer = RoomAnswer | 'cannot_leave';

export type StandingRoomEvent =
  | { type: 'join'; who: 'Ann'; name: 'random' | 'Ｒandom' | '!' }
  | { type: 'leave'; who: 'Ann'; name: 'random' | 'general' }
  | { type: 'say'; who: 'Ann'; text: 'hello' | '/me waves' | '  ' }
  | { type: 'goAway'; who: 'Ann'; how: 'close' | 'drop' }
  | { type: 'comeBack'; who: 'Ann'; cursor: 'newest' | 'none' }
  | { type: 'wait'; time: 'a moment' | 'the grace' };

interface Context {
  Ann: 'out' | 'in' | 'away';
  Bea: 'out';
  answer: StandingRoomAnswer | 'nothing';
}

const standingRoom = setup({
  types: {} as { context: Context; events: StandingRoomEvent },
  guards: {
    isBadName: ({ event }) => event.type === 'join' && event.name === '!',
    isLobby: ({ event }) => event.type === 'leave' && event.name === 'general',
    isBlank: ({ event }) => event.type === 'say' && event.text.trim() === '',
    isShort: ({ event }) => event.type === 'wait' && event.time === 'a moment',
  },
  actions: {
    put: assign((_, where: Context['Ann']) => ({ Ann: where })),
    answer: assign((_, answer: Context['answer']) => ({ answer })),
  },
});

const answered = (answer: Context['answer']) => ({ type: 'answer', params: answer }) as const;
const put = (where: Context['Ann']) => ({ type: 'put', params: where }) as const;
const goesTo = <T extends string>(target: T, where: Context['Ann'], answer: Context['answer']) =>
  ({ target, actions: [put(where), answered(answer)] }) as const;

const badName = { guard: 'isBadName', actions: answered('bad_name') } as const;
const cannotLeave = { guard: 'isLobby', actions: answered('cannot_leave') } as const;

/** To one who is not in it, it looks the same whether somebody has been there or not. */
const withoutAnn = {
  on: {
    join: [badName, goesTo('occupied', 'in', 'joined')],
    leave: [cannotLeave, { actions: answered('not_in_room') }],
    // Which of the two mistakes of one who has nothing to say is named is not promised.
    say: [{ guard: 'isBlank' }, { actions: answered('not_in_room') }],
  },
} as const;

const machine = standingRoom.createMachine({
  id: 'standing room seen from outside',
  context: { Ann: 'out', Bea: 'out', answer: 'nothing' },
  initial: 'untouched',
  states: {
    untouched: withoutAnn,
    occupied: {
      on: {
        join: [badName, { actions: answered('already_in_room') }],
        leave: [cannotLeave, goesTo('emptied', 'out', 'left')],
        say: [{ guard: 'isBlank', actions: answered('empty') }, { actions: answered('ack') }],
        goAway: goesTo('memberAway', 'away', 'nothing'),
      },
    },
    memberAway: {
      on: {
        comeBack: goesTo('occupied', 'in', 'nothing'),
        wait: [{ guard: 'isShort', actions: answered('nothing') }, goesTo('emptied', 'out', 'nothing')],
      },
    },
    emptied: withoutAnn,
  },
});

export const standingRoomModel: Model<typeof machine> = {
  machine,
  events: [
    { type: 'join', who: 'Ann', name: 'random' },
    { type: 'join', who: 'Ann', name: 'Ｒandom' },
    { type: 'join', who: 'Ann', name: '!' },
    { type: 'leave', who: 'Ann', name: 'random' },
    { type: 'leave', who: 'Ann', name: 'general' },
    { type: 'say', who: 'Ann', text: 'hello' },
    { type: 'say', who: 'Ann', text: '/me waves' },
    { type: 'say', who: 'Ann', text: '  ' },
    { type: 'goAway', who: 'Ann', how: 'close' },
    { type: 'goAway', who: 'Ann', how: 'drop' },
    { type: 'comeBack', who: 'Ann', cursor: 'newest' },
    { type: 'comeBack', who: 'Ann', cursor: 'none' },
    { type: 'wait', time: 'a moment' },
    { type: 'wait', time: 'the grace' },
  ],
};
