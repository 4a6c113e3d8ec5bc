/**
 * A room: one actor each, a root. Sessions ask it to let a user in or out and to post; the journal tells it
 * what is committed, and only then does it change and tell its members. The directory owns it.
 */
import { cancel, enqueueActions, setup } from 'xstate';
import type { Party } from '../../journal/journal.ts';
import { PRESENCE_GATHER_MS } from '../../protocol/limits.ts';
import type { World } from '../world.ts';
import { appendDeletion, appendEntry, appendFounding, appendJoin, appendLeave } from './appends.ts';
import { flushPresence, showTyping, tellJoined, tellLeft, tellPosted, tellRenamed } from './broadcasts.ts';
import type { RoomEvent, RoomRef } from './events.ts';
import type { History } from './history.ts';
import type { PresenceChanges } from './presence-changes.ts';
import type { Roster } from './roster.ts';

export interface RoomContext {
  readonly name: string;
  /** Standing rooms were founded by nobody and never close. */
  readonly founder: Party | undefined;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly self: RoomRef;
  readonly world: World;
  // These are changed in place (ADR 0004).
  readonly roster: Roster;
  readonly history: History;
  readonly changes: PresenceChanges;
  /** Joins accepted and not yet committed, by user id. */
  readonly arriving: Map<string, number>;
}

type Of<T extends RoomEvent['type']> = Extract<RoomEvent, { type: T }>;

export const roomMachine = setup({
  types: {} as { context: RoomContext; input: RoomContext; events: RoomEvent },
  guards: {
    hasMembers: ({ context }) => context.roster.size > 0,
    /** Standing, or with the words of its founding in its history: a crash must not found it again. */
    isFounded: ({ context }) => context.founder === undefined || context.history.size > 0,
    isDeserted: ({ context }) => context.founder !== undefined && context.arriving.size === 0,
    isMember: ({ context }, { userId }: { userId: string }) => context.roster.has(userId),
    isLastMember: ({ context }, { userId }: { userId: string }) =>
      context.roster.size === 1 && context.roster.has(userId),
  },
  delays: {
    typingExpiry: ({ context }) => context.world.limits.typingExpiryMs,
    presenceGather: PRESENCE_GATHER_MS,
  },
  actions: {
    appendFounding: ({ context }) => appendFounding(context),
    appendDeletion: ({ context }) => appendDeletion(context),
    appendJoin: ({ context }, request: Of<'member.join'>) => appendJoin(context, request),
    appendLeave: ({ context }, request: Of<'member.leave'>) => appendLeave(context, request),
    appendEntry: ({ context }, request: Of<'message.post'>) => appendEntry(context, request),

    admitMember: ({ context }, { member, asker }: Of<'join.committed'>) => {
      forgetArriving(context, member.id);
      if (context.roster.has(member.id)) return;
      context.roster.add(member);
      tellJoined(context, member, asker);
    },
    forgetArrival: ({ context }, { member }: Of<'join.failed'>) => forgetArriving(context, member.id),
    releaseMember: ({ context }, { user, asker }: Of<'leave.committed'>) => {
      const member = context.roster.get(user.id);
      if (!member) return;
      showTyping(context, member, false);
      context.roster.delete(member);
      tellLeft(context, member, asker);
    },
    renameMember: ({ context }, { userId, name }: Of<'member.rename'>) => {
      const member = context.roster.get(userId);
      if (!member || member.name === name) return;
      const before = member.name;
      context.roster.rename(member, name);
      tellRenamed(context, member, before);
    },
    publishEntry: ({ context }, { entry }: Of<'entry.committed'>) => {
      context.history.add(entry);
      tellPosted(context, entry);
    },

    showTyping: ({ context }, { userId, typing }: Of<'typing.set'>) => {
      const member = context.roster.get(userId);
      if (member) showTyping(context, member, typing);
    },
    endTyping: ({ context }, { userId }: { userId: string }) => {
      const member = context.roster.get(userId);
      if (member) showTyping(context, member, false);
    },
    endAllTyping: ({ context }) => {
      for (const member of context.roster) showTyping(context, member, false);
    },
    renewTypingExpiry: enqueueActions(({ enqueue }, { userId, typing }: Of<'typing.set'>) => {
      enqueue.cancel(typingTimer(userId));
      const expired = { type: 'typing.expired', userId } as const;
      if (typing) enqueue.raise(expired, { delay: 'typingExpiry', id: typingTimer(userId) });
    }),
    cancelTypingExpiry: cancel((_, { userId }: { userId: string }) => typingTimer(userId)),

    /** Again on each change: the timer is only set by the first of an interval. */
    gatherPresence: enqueueActions(({ context, enqueue }) => {
      if (context.changes.isEmpty || context.changes.isScheduled) return;
      context.changes.isScheduled = true;
      enqueue.raise({ type: 'presence.due' }, { delay: 'presenceGather' });
    }),
    flushPresence: ({ context }) => flushPresence(context),
  },
}).createMachine({
  id: 'room',
  context: ({ input }) => input,
  initial: 'opening',
  on: {
    'member.join': { actions: { type: 'appendJoin', params: ({ event }) => event } },
    'member.leave': { actions: { type: 'appendLeave', params: ({ event }) => event } },
    'message.post': {
      actions: [
        { type: 'cancelTypingExpiry', params: ({ event }) => ({ userId: event.author.id }) },
        { type: 'endTyping', params: ({ event }) => ({ userId: event.author.id }) },
        { type: 'appendEntry', params: ({ event }) => event },
      ],
    },
    'entry.committed': { actions: { type: 'publishEntry', params: ({ event }) => event } },
    'join.committed': {
      target: '.occupied',
      actions: { type: 'admitMember', params: ({ event }) => event },
    },
    'join.failed': { actions: { type: 'forgetArrival', params: ({ event }) => event } },
  },
  states: {
    /** Where to begin: a room may start anew, or again after a crash. */
    opening: {
      entry: 'endAllTyping',
      always: [
        { guard: 'hasMembers', target: 'occupied' },
        { guard: 'isFounded', target: 'empty' },
        { target: 'founding' },
      ],
    },
    /** Created by a join that is not yet committed. */
    founding: {
      entry: 'appendFounding',
      on: {
        'join.failed': { target: 'empty', actions: { type: 'forgetArrival', params: ({ event }) => event } },
      },
    },
    occupied: {
      on: {
        'join.committed': {
          actions: [{ type: 'admitMember', params: ({ event }) => event }, 'gatherPresence'],
        },
        'leave.committed': [
          {
            guard: { type: 'isLastMember', params: ({ event }) => ({ userId: event.user.id }) },
            target: 'empty',
            actions: { type: 'releaseMember', params: ({ event }) => event },
          },
          {
            actions: [
              { type: 'cancelTypingExpiry', params: ({ event }) => ({ userId: event.user.id }) },
              { type: 'releaseMember', params: ({ event }) => event },
              'gatherPresence',
            ],
          },
        ],
        'member.rename': {
          actions: [{ type: 'renameMember', params: ({ event }) => event }, 'gatherPresence'],
        },
        /** The user has gone away; they stay a member. */
        'member.rest': {
          actions: [
            { type: 'cancelTypingExpiry', params: ({ event }) => event },
            { type: 'endTyping', params: ({ event }) => event },
          ],
        },
        'typing.set': {
          guard: { type: 'isMember', params: ({ event }) => event },
          actions: [
            { type: 'showTyping', params: ({ event }) => event },
            { type: 'renewTypingExpiry', params: ({ event }) => event },
          ],
        },
        'typing.expired': { actions: { type: 'endTyping', params: ({ event }) => event } },
        'presence.due': { actions: 'flushPresence' },
      },
    },
    empty: {
      always: { guard: 'isDeserted', target: 'closed' },
    },
    closed: { type: 'final', entry: 'appendDeletion' },
  },
});

function typingTimer(userId: string): string {
  return `typing:${userId}`;
}

function forgetArriving({ arriving }: RoomContext, userId: string): void {
  const left = (arriving.get(userId) ?? 0) - 1;
  if (left > 0) arriving.set(userId, left);
  else arriving.delete(userId);
}
