/**
 * A user's session: one actor each, a root. The transport tells it of connections and passes on what clients
 * ask for; rooms, other sessions and the journal tell it how that went. The directory owns it.
 */
import { type Mistake, mistake } from '../../protocol/errors.ts';
import type { Asker } from '../connection.ts';
import { sessionSetup } from './setup.ts';

export const sessionMachine = sessionSetup.createMachine({
  id: 'session',
  context: ({ input }) => input,
  initial: 'opening',
  on: {
    'room.joined': { actions: { type: 'noteJoined', params: ({ event }) => event } },
    'join.refused': {
      actions: [
        { type: 'forgetRoom', params: ({ event }) => event },
        { type: 'refuse', params: ({ event }) => ({ asker: event.asker, what: event.mistake }) },
      ],
    },
    'rename.committed': { actions: { type: 'takeNewName', params: ({ event }) => event } },
    'rename.failed': { actions: { type: 'giveUpNewName', params: ({ event }) => event } },
    'private.sent': { actions: { type: 'keepSent', params: ({ event }) => event } },
    'private.arrived': { actions: { type: 'keepArrived', params: ({ event }) => event } },
    'private.undelivered': { actions: { type: 'tellUndelivered', params: ({ event }) => event } },
  },
  states: {
    /** Where to begin: a session may start anew, or again after a crash. */
    opening: {
      entry: 'forgetClosedConnections',
      always: [
        { guard: 'hasConnection', target: 'online' },
        { guard: 'isGreeted', target: 'away' },
        { target: 'fresh' },
      ],
    },
    /** Made for a client that is told who it is as soon as that is stored. */
    fresh: {
      on: {
        'connection.opened': { actions: { type: 'appendBegin', params: ({ event }) => event } },
        'begin.committed': {
          target: 'online',
          actions: [
            { type: 'greet', params: ({ event }) => event },
            { type: 'countBegun', params: ({ event }) => event },
          ],
        },
        'begin.failed': {
          target: 'ended',
          actions: { type: 'turnAway', params: ({ event }) => event },
        },
        /** It could not be let in, or did not wait. */
        'connection.lost': { target: 'ended', actions: { type: 'appendEnd', params: { from: undefined } } },
      },
    },
    online: {
      on: {
        'connection.opened': { actions: { type: 'resume', params: ({ event }) => event } },
        'connection.lost': [
          {
            guard: { type: 'isLastConnection', params: ({ event }) => event },
            target: 'away',
            actions: [{ type: 'forgetConnection', params: ({ event }) => event }, 'restInRooms', 'countAway'],
          },
          { actions: { type: 'forgetConnection', params: ({ event }) => event } },
        ],
        'session.quit': {
          target: 'ended',
          actions: [
            { type: 'sayBye', params: ({ event }) => event },
            { type: 'appendEnd', params: { from: 'online' } },
          ],
        },
        'message.post': [
          {
            guard: { type: 'isRepeated', params: ({ event }) => event },
            actions: { type: 'repeatAck', params: ({ event }) => event },
          },
          {
            guard: { type: 'isCommand', params: ({ event }) => event },
            actions: { type: 'interpretCommand', params: ({ event }) => event },
          },
          {
            guard: { type: 'isInRoom', params: ({ event }) => event },
            actions: { type: 'post', params: ({ event }) => event },
          },
          { actions: { type: 'refuse', params: ({ event }) => refusal(event, 'not_in_room', event.room) } },
        ],
        'action.post': [
          {
            guard: { type: 'isInRoom', params: ({ event }) => event },
            actions: { type: 'post', params: ({ event }) => event },
          },
          { actions: { type: 'refuse', params: ({ event }) => refusal(event, 'not_in_room', event.room) } },
        ],
        'private.send': [
          {
            guard: { type: 'isRepeated', params: ({ event }) => event },
            actions: { type: 'repeatAck', params: ({ event }) => event },
          },
          {
            guard: { type: 'isKnownUser', params: ({ event }) => event },
            actions: { type: 'sendPrivate', params: ({ event }) => event },
          },
          { actions: { type: 'refuse', params: ({ event }) => refusal(event, 'user_not_found', event.to) } },
        ],
        'room.join': [
          {
            guard: { type: 'isInRoom', params: ({ event }) => event },
            actions: { type: 'refuse', params: ({ event }) => refusal(event, 'already_in_room', event.room) },
          },
          {
            guard: 'hasTooManyRooms',
            actions: {
              type: 'refuse',
              params: ({ context, event }) =>
                refusal(event, 'too_many_rooms', String(context.world.limits.maxRoomsPerUser)),
            },
          },
          { actions: { type: 'askToJoin', params: ({ event }) => event } },
        ],
        'room.leave': [
          {
            guard: { type: 'isLobby', params: ({ event }) => event },
            actions: { type: 'refuse', params: ({ event }) => refusal(event, 'cannot_leave', event.room) },
          },
          {
            guard: { type: 'isInRoom', params: ({ event }) => event },
            actions: { type: 'askToLeave', params: ({ event }) => event },
          },
          { actions: { type: 'refuse', params: ({ event }) => refusal(event, 'not_in_room', event.room) } },
        ],
        'typing.set': [
          {
            guard: { type: 'isInRoom', params: ({ event }) => event },
            actions: { type: 'passOnTyping', params: ({ event }) => event },
          },
          { actions: { type: 'refuse', params: ({ event }) => refusal(event, 'not_in_room', event.room) } },
        ],
        'nick.set': [
          {
            guard: { type: 'isOwnName', params: ({ event }) => event },
            actions: { type: 'tellOwnName', params: ({ event }) => event },
          },
          {
            guard: { type: 'isNameFree', params: ({ event }) => event },
            actions: { type: 'askToRename', params: ({ event }) => event },
          },
          { actions: { type: 'refuse', params: ({ event }) => refusal(event, 'name_taken', event.name) } },
        ],
        'rooms.list': { actions: { type: 'answerRooms', params: ({ event }) => event } },
        'users.list': { actions: { type: 'answerUsers', params: ({ event }) => event } },
        'history.get': { actions: { type: 'answerHistory', params: ({ event }) => event } },
        'help.show': { actions: { type: 'answerHelp', params: ({ event }) => event } },
      },
    },
    /** Still a member everywhere and the name still theirs; others notice nothing. */
    away: {
      on: {
        'connection.opened': {
          target: 'online',
          actions: [{ type: 'resume', params: ({ event }) => event }, 'countBack'],
        },
      },
      after: {
        presenceGrace: { target: 'ended', actions: { type: 'appendEnd', params: { from: 'away' } } },
      },
    },
    ended: { type: 'final', entry: ['leaveAllRooms', 'giveBackUnread', 'closeConnections'] },
  },
});

function refusal({ asker }: { asker: Asker }, code: Mistake['code'], subject: string) {
  return { asker, what: mistake(code, subject) };
}
