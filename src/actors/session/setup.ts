/** What the session machine's chart is written in: its types, and by name its guards, delays and actions. */
import { enqueueActions, setup } from 'xstate';
import { interpret, isCommand, literal } from '../../commands/registry.ts';
import { encode } from '../../protocol/encode.ts';
import type { Mistake } from '../../protocol/errors.ts';
import { LOBBY } from '../../protocol/limits.ts';
import type { Asker } from '../connection.ts';
import type { SessionContext } from './context.ts';
import type { SessionEvent } from './events.ts';
import { appendBegin, greet, resume } from './greetings.ts';
import { appendEnd, askToJoin, askToLeave, leaveAllRooms, restInRooms } from './memberships.ts';
import { giveBackUnread, keepArrived, keepSent, sendPrivate, tellUndelivered } from './private-messages.ts';
import { answerHelp, answerHistory, answerRooms, answerUsers } from './queries.ts';
import { Receipt } from './receipt.ts';
import { askToRename, giveUpNewName, takeNewName, tellOwnName } from './renaming.ts';
import { toRequest } from './requests.ts';

type Of<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>;

export const sessionSetup = setup({
  types: {} as { context: SessionContext; input: SessionContext; events: SessionEvent },
  guards: {
    hasConnection: ({ context }) => context.record.outbox.isOpen,
    isLastConnection: ({ context }, { connection }: Of<'connection.lost'>) =>
      context.record.outbox.hasNoneBut(connection),
    isGreeted: ({ context }) => context.record.isGreeted,
    isLobby: (_, { room }: { room: string }) => room === LOBBY,
    isInRoom: ({ context }, { room }: { room: string }) => context.record.rooms.has(room),
    hasTooManyRooms: ({ context }) => context.record.rooms.size >= context.world.limits.maxRoomsPerUser,
    isRepeated: ({ context }, { asker }: { asker: Asker }) => context.record.ledger.knows(asker.ref),
    isCommand: (_, { text }: { text: string }) => isCommand(text),
    isKnownUser: ({ context }, { to }: { to: string }) => context.world.directory.bearer(to) !== undefined,
    /** With nothing on its way that is yet to be told: what is said of a name is said in order. */
    isOwnName: ({ context: { record, world } }, { name }: { name: string }) =>
      record.pendingNames.length === 0 && world.directory.names.wished(name) === record.name,
    isNameFree: ({ context }, { name }: { name: string }) => {
      const { names } = context.world.directory;
      return names.isFreeFor(context.record.id, names.wished(name));
    },
  },
  delays: {
    presenceGrace: ({ context }) => context.world.limits.presenceGraceMs,
  },
  actions: {
    appendBegin: ({ context }, { connection }: Of<'connection.opened'>) => appendBegin(context, connection),
    /** @param from undefined for one who was never greeted, and so never counted */
    appendEnd: ({ context }, { from }: { from: 'online' | 'away' | undefined }) => appendEnd(context, from),
    greet: ({ context }, { connection }: Of<'begin.committed'>) => greet(context, connection),
    /** It may come again later, when there is room on the disk. */
    turnAway: (_, { connection }: Of<'begin.failed'>) => connection.close('overloaded'),
    resume: ({ context }, { connection, cursor }: Of<'connection.opened'>) =>
      resume(context, connection, cursor),
    forgetConnection: ({ context }, { connection }: Of<'connection.lost'>) =>
      context.record.outbox.delete(connection),

    /** A crash may have hit just the news that one was lost. */
    forgetClosedConnections: ({ context }) => context.record.outbox.deleteClosed(),

    /** What nobody asked for, such as to be in the lobby, is told to all. */
    refuse: ({ context }, { asker, what }: { asker: Asker | undefined; what: Mistake }) => {
      if (asker) asker.refuse(what);
      else context.record.outbox.send(encode({ type: 'error', message: what.message, code: what.code }));
    },
    repeatAck: ({ context }, { asker }: { asker: Asker }) => {
      if (asker.ref !== undefined) context.record.ledger.repeat(asker.ref, asker);
    },
    interpretCommand: enqueueActions(({ enqueue }, { text, room, asker }: Of<'message.post'>) => {
      const intent = interpret(text, room);
      if (intent.ok) enqueue.raise(toRequest(intent.value, asker));
      else asker.refuse(intent.mistake);
    }),
    post: ({ context }, { type, room, text, asker }: Of<'message.post' | 'action.post'>) => {
      const { record, world } = context;
      world.directory.room(room)?.send({
        type: 'message.post',
        kind: type === 'action.post' ? 'action' : 'message',
        author: record.party,
        text: type === 'action.post' ? text : literal(text),
        receipt: new Receipt(asker, record.ledger),
      });
    },
    passOnTyping: ({ context }, { room, typing }: Of<'typing.set'>) => {
      const { record, world } = context;
      world.directory.room(room)?.send({ type: 'typing.set', userId: record.id, typing });
    },

    askToJoin: ({ context }, { room, asker }: Of<'room.join'>) => askToJoin(context, room, asker),
    askToLeave: ({ context }, { room, asker }: Of<'room.leave'>) => askToLeave(context, room, asker),
    noteJoined: ({ context }, { room, member }: Of<'room.joined'>) => {
      const membership = context.record.rooms.get(room);
      if (membership?.member === member) membership.isCommitted = true;
    },
    forgetRoom: ({ context }, { room, member }: Of<'join.refused'>) => {
      // The user may have left and asked again meanwhile; that is another membership.
      const { rooms } = context.record;
      if (rooms.get(room)?.member === member) rooms.delete(room);
    },
    restInRooms: ({ context }) => restInRooms(context),
    leaveAllRooms: ({ context }) => leaveAllRooms(context),

    sendPrivate: ({ context }, request: Of<'private.send'>) => sendPrivate(context, request),
    keepSent: ({ context }, { message }: Of<'private.sent'>) => keepSent(context, message),
    keepArrived: ({ context }, fact: Of<'private.arrived'>) => keepArrived(context, fact),
    tellUndelivered: ({ context }, fact: Of<'private.undelivered'>) => tellUndelivered(context, fact),
    giveBackUnread: ({ context }) => giveBackUnread(context),

    tellOwnName: ({ context }, { asker }: Of<'nick.set'>) => tellOwnName(context, asker),
    askToRename: ({ context }, { name, asker }: Of<'nick.set'>) => askToRename(context, name, asker),
    takeNewName: ({ context }, fact: Of<'rename.committed'>) => takeNewName(context, fact),
    giveUpNewName: ({ context }, fact: Of<'rename.failed'>) => giveUpNewName(context, fact),

    answerRooms: ({ context }, request: Of<'rooms.list'>) => answerRooms(context.world, request),
    answerUsers: ({ context }, request: Of<'users.list'>) => answerUsers(context, request),
    answerHistory: ({ context }, request: Of<'history.get'>) => answerHistory(context.world, request),
    answerHelp: (_, request: Of<'help.show'>) => answerHelp(request),

    sayBye: (_, { asker }: Of<'session.quit'>) => asker.connection.close('bye'),
    closeConnections: ({ context }) => {
      for (const connection of context.record.outbox.drain()) connection.close('endedElsewhere');
    },
    countBegun: ({ context }, { id }: Of<'begin.committed'>) =>
      context.world.stats.send({ type: 'session.begun', user: context.record.name, id }),
    countAway: ({ context }) => context.world.stats.send({ type: 'session.rested' }),
    countBack: ({ context }) => context.world.stats.send({ type: 'session.returned' }),
  },
});
