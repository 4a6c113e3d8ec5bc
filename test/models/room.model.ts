/**
 * The life of a room that users make, as its people see it. Written from the contract: a room comes into being with
 * the first who joins, lasts while it has a member, were they all away, and is gone with the last of them.
 */
import { and, assign, setup } from 'xstate';
import type { Model } from './model.ts';

export type Who = 'Ann' | 'Bea';
/** In or out: here with a connection. Away: a member without one. */
type Whereabouts = 'out' | 'in' | 'away';
export type RoomAnswer = 'joined' | 'left' | 'ack' | 'bad_name' | 'already_in_room' | 'not_in_room' | 'empty';

export type RoomModelEvent =
  /** The name as it is written; all but the last mean the same room. */
  | { type: 'join'; who: Who; name: 'attic' | 'ＡＴＴＩＣ' | '!' }
  | { type: 'leave'; who: Who; name: 'attic' | '!' }
  | { type: 'say'; who: Who; text: 'hello' | '/me waves' | '  ' }
  | { type: 'goAway'; who: Who; how: 'close' | 'drop' }
  | { type: 'comeBack'; who: Who; cursor: 'newest' | 'none' }
  | { type: 'wait'; time: 'a moment' | 'the grace' };

type Context = Record<Who, Whereabouts> & { answer: RoomAnswer | 'nothing' };
interface Args {
  context: Context;
  event: RoomModelEvent;
}

const whereabouts = ({ context, event }: Args) => ('who' in event ? context[event.who] : undefined);
const membersBut = ({ context, event }: Args) =>
  (['Ann', 'Bea'] as const).filter((who) => context[who] !== 'out' && !('who' in event && event.who === who));

const room = setup({
  types: {} as { context: Context; events: RoomModelEvent },
  guards: {
    isHere: (args) => whereabouts(args) !== 'away',
    isMember: (args) => whereabouts(args) === 'in',
    isStranger: (args) => whereabouts(args) === 'out',
    isAway: (args) => whereabouts(args) === 'away',
    isBadName: ({ event }) => 'name' in event && event.name === '!',
    isBlank: ({ event }) => event.type === 'say' && event.text.trim() === '',
    isAlone: (args) => whereabouts(args) === 'in' && membersBut(args).length === 0,
    areOthersAway: (args) => membersBut(args).some((who) => args.context[who] === 'away'),
    areOthersIn: (args) => membersBut(args).some((who) => args.context[who] === 'in'),
    isShort: ({ event }) => event.type === 'wait' && event.time === 'a moment',
  },
  actions: {
    put: assign(({ event }, where: Whereabouts) => ('who' in event ? { [event.who]: where } : {})),
    endSessions: assign(({ context: { Ann, Bea } }) => ({
      Ann: Ann === 'away' ? 'out' : Ann,
      Bea: Bea === 'away' ? 'out' : Bea,
    })),
    answer: assign((_, answer: Context['answer']) => ({ answer })),
  },
});

const answered = (answer: Context['answer']) => ({ type: 'answer', params: answer }) as const;
const put = (where: Whereabouts) => ({ type: 'put', params: where }) as const;

const badName = { guard: 'isBadName', actions: answered('bad_name') } as const;
/** What is said to a room, and to what is no room, by one who is not in it. */
const strangers = {
  leave: [badName, { guard: 'isStranger', actions: answered('not_in_room') }],
  // A stranger with nothing to say makes two mistakes, and it is not promised which of them is named.
  say: [{ guard: 'isBlank' }, { guard: 'isStranger', actions: answered('not_in_room') }],
} as const;

const refusals = {
  join: [badName, { guard: 'isMember', actions: answered('already_in_room') }],
  leave: strangers.leave,
  say: [{ guard: and(['isBlank', 'isMember']), actions: answered('empty') }, ...strangers.say],
} as const;

const joins = <T extends string>(target: T) =>
  ({ guard: 'isStranger', target, actions: [put('in'), answered('joined')] }) as const;
const speaks = { guard: 'isMember', actions: answered('ack') } as const;
const leaves = <T extends string>(target: T) =>
  ({ guard: 'isMember', target, actions: [put('out'), answered('left')] }) as const;
const goes = {
  guard: 'isMember',
  target: 'membersAway',
  actions: [put('away'), answered('nothing')],
} as const;

/** One member, and nothing has been said yet but that they have created the room. */
const justCreated = {
  on: {
    join: [...refusals.join, joins('occupiedByMany')],
    leave: [...refusals.leave, leaves('deleted')],
    say: [...refusals.say, { ...speaks, target: 'occupiedByOne' }],
    goAway: goes,
  },
} as const;

const machine = room.createMachine({
  id: 'room seen from outside',
  context: { Ann: 'out', Bea: 'out', answer: 'nothing' },
  initial: 'absent',
  states: {
    absent: { on: { ...strangers, join: [badName, joins('created')] } },
    created: justCreated,
    occupiedByOne: {
      on: {
        join: [...refusals.join, joins('occupiedByMany')],
        leave: [...refusals.leave, leaves('deleted')],
        say: [...refusals.say, speaks],
        goAway: goes,
      },
    },
    occupiedByMany: {
      on: {
        join: [...refusals.join],
        leave: [badName, leaves('occupiedByOne')],
        say: [...refusals.say, speaks],
        goAway: goes,
      },
    },
    /** One member or all of them; the room and the other notice nothing. */
    membersAway: {
      on: {
        join: [{ guard: 'isAway' }, ...refusals.join, joins('membersAway')],
        leave: [{ guard: 'isAway' }, ...refusals.leave, leaves('membersAway')],
        say: [{ guard: 'isAway' }, ...refusals.say, speaks],
        goAway: goes,
        comeBack: [
          { guard: 'isHere' },
          { guard: 'areOthersAway', actions: [put('in'), answered('nothing')] },
          { guard: 'areOthersIn', target: 'occupiedByMany', actions: [put('in'), answered('nothing')] },
          { target: 'occupiedByOne', actions: [put('in'), answered('nothing')] },
        ],
        wait: [
          { guard: 'isShort', actions: answered('nothing') },
          { guard: 'areOthersIn', target: 'occupiedByOne', actions: ['endSessions', answered('nothing')] },
          { target: 'deleted', actions: ['endSessions', answered('nothing')] },
        ],
      },
    },
    deleted: { on: { ...strangers, join: [badName, joins('createdAgain')] } },
    createdAgain: justCreated,
  },
});

export const roomModel: Model<typeof machine> = {
  machine,
  events: [
    { type: 'join', who: 'Ann', name: 'attic' },
    { type: 'join', who: 'Ann', name: '!' },
    { type: 'join', who: 'Bea', name: 'ＡＴＴＩＣ' },
    { type: 'leave', who: 'Ann', name: 'attic' },
    { type: 'leave', who: 'Ann', name: '!' },
    { type: 'leave', who: 'Bea', name: 'attic' },
    { type: 'say', who: 'Ann', text: 'hello' },
    { type: 'say', who: 'Ann', text: '  ' },
    { type: 'say', who: 'Bea', text: '/me waves' },
    { type: 'goAway', who: 'Ann', how: 'close' },
    { type: 'goAway', who: 'Bea', how: 'drop' },
    { type: 'comeBack', who: 'Ann', cursor: 'newest' },
    { type: 'comeBack', who: 'Bea', cursor: 'none' },
    { type: 'wait', time: 'a moment' },
    { type: 'wait', time: 'the grace' },
  ],
};
