/** What the room machine's chart is written in: its types, and by name its guards, delays and actions. */
import { enqueueActions, setup } from 'xstate';
import { PRESENCE_GATHER_MS, PRESENCE_GATHER_MS_PER_MEMBER } from '../../protocol/limits.ts';
import { appendDeletion, appendEntry, appendFounding, appendJoin, appendLeave } from './appends.ts';
import { flushPresence, showTyping, tellJoined, tellLeft, tellPosted, tellRenamed } from './broadcasts.ts';
import type { RoomContext } from './context.ts';
import type { RoomEvent } from './events.ts';
import type { Member } from './roster.ts';

type Of<T extends RoomEvent['type']> = Extract<RoomEvent, { type: T }>;

const PRESENCE_TIMER = 'presence';

export const roomSetup = setup({
  types: {} as { context: RoomContext; input: RoomContext; events: RoomEvent },
  guards: {
    hasMembers: ({ context }) => context.roster.size > 0,
    /** Standing, or with the words of its founding in its history: a crash must not found it again. */
    isFounded: ({ context }) => context.founder === undefined || context.history.size > 0,
    isDeserted: ({ context }) => context.founder !== undefined && context.arriving.size === 0,
    isMember: ({ context }, { userId }: { userId: string }) => find(context, userId) !== undefined,
    isTyping: ({ context }, { userId }: { userId: string }) => find(context, userId)?.typing ?? false,
    isLastMember: ({ context }, { userId }: { userId: string }) =>
      context.roster.size === 1 && context.roster.has(userId),
  },
  delays: {
    typingExpiry: ({ context }) => context.world.limits.typingExpiryMs,
    /** To tell 10,000 takes a core 70 ms: the larger the room, the more is told at once. */
    presenceGather: ({ context }) =>
      Math.max(PRESENCE_GATHER_MS, context.roster.size * PRESENCE_GATHER_MS_PER_MEMBER),
  },
  actions: {
    appendFounding: ({ context }) => appendFounding(context),
    appendDeletion: ({ context }) => appendDeletion(context),
    appendJoin: ({ context }, request: Of<'member.join'>) => appendJoin(context, request),
    appendLeave: ({ context }, request: Of<'member.leave'>) => appendLeave(context, request),
    appendEntry: ({ context }, request: Of<'message.post'>) => appendEntry(context, request),

    admitMember: ({ context }, { member, asker }: Of<'join.committed'>) => {
      context.arriving.delete(member);
      if (context.roster.has(member.id)) return;
      context.roster.add(member);
      tellJoined(context, member, asker);
    },
    forgetArrival: ({ context }, { member }: Of<'join.failed'>) => {
      context.arriving.delete(member);
    },
    releaseMember: ({ context }, { user, asker }: Of<'leave.committed'>) => {
      const member = context.roster.get(user.id);
      if (!member) {
        // Their join could not be stored; they asked to be out, and out they are.
        asker?.answer({ type: 'left', room: context.name });
        return;
      }
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
    noteLook: ({ context }, { userId }: Of<'member.look'>) => context.changes.look(userId),
    publishEntry: ({ context }, { entry }: Of<'entry.committed'>) => {
      context.history.add(entry);
      tellPosted(context, entry);
    },

    showTyping: ({ context }, { userId, typing }: Of<'typing.set'>) => {
      const member = find(context, userId);
      if (member) showTyping(context, member, typing);
    },
    endTyping: ({ context }, { userId }: { userId: string }) => {
      const member = find(context, userId);
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
    /** Most who post have not told that they type, and to cancel what is not there is not for free. */
    cancelTypingExpiry: enqueueActions(({ context, enqueue }, { userId }: { userId: string }) => {
      if (find(context, userId)?.typing) enqueue.cancel(typingTimer(userId));
    }),

    /** The first change of an interval sets the timer; one that left nothing to tell ends it. */
    gatherPresence: enqueueActions(({ context: { changes }, enqueue }) => {
      if (changes.isArranged) return;
      changes.isScheduled = !changes.isEmpty;
      if (changes.isEmpty) enqueue.cancel(PRESENCE_TIMER);
      else enqueue.raise({ type: 'presence.due' }, { delay: 'presenceGather', id: PRESENCE_TIMER });
    }),
    flushPresence: ({ context }) => {
      context.changes.isScheduled = false;
      flushPresence(context);
    },
  },
});

function typingTimer(userId: string): string {
  return `typing:${userId}`;
}

/** A member, or one who is about to be. */
function find({ roster, arriving }: RoomContext, userId: string): Member | undefined {
  const member = roster.get(userId);
  if (member || arriving.size === 0) return member;
  return [...arriving].find(({ id }) => id === userId);
}
