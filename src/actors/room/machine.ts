/**
 * A room: one actor each, a root. Sessions ask it to let a user in or out and to post; the journal tells it
 * what is committed, and only then does it change and tell its members. The directory owns it.
 */
import { roomSetup } from './setup.ts';

export const roomMachine = roomSetup.createMachine({
  id: 'room',
  context: ({ input }) => input,
  initial: 'opening',
  on: {
    'member.join': { actions: { type: 'appendJoin', params: ({ event }) => event } },
    'member.leave': { actions: { type: 'appendLeave', params: ({ event }) => event } },
    'message.post': [
      {
        guard: { type: 'isTyping', params: ({ event }) => ({ userId: event.author.id }) },
        actions: [
          { type: 'cancelTypingExpiry', params: ({ event }) => ({ userId: event.author.id }) },
          { type: 'endTyping', params: ({ event }) => ({ userId: event.author.id }) },
          { type: 'appendEntry', params: ({ event }) => event },
        ],
      },
      { actions: { type: 'appendEntry', params: ({ event }) => event } },
    ],
    'entry.committed': { actions: { type: 'publishEntry', params: ({ event }) => event } },
    'join.committed': {
      target: '.occupied',
      actions: { type: 'admitMember', params: ({ event }) => event },
    },
    /** Of one whose join could not be stored. */
    'leave.committed': { actions: { type: 'releaseMember', params: ({ event }) => event } },
    'join.failed': { actions: { type: 'forgetArrival', params: ({ event }) => event } },
    'typing.set': {
      guard: { type: 'isMember', params: ({ event }) => event },
      actions: [
        { type: 'showTyping', params: ({ event }) => event },
        { type: 'renewTypingExpiry', params: ({ event }) => event },
      ],
    },
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
      entry: 'gatherPresence',
      on: {
        'join.committed': { actions: { type: 'admitMember', params: ({ event }) => event } },
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
            ],
          },
        ],
        'member.rename': { actions: { type: 'renameMember', params: ({ event }) => event } },
        /** The user has gone away; they stay a member. */
        'member.rest': {
          actions: [
            { type: 'cancelTypingExpiry', params: ({ event }) => event },
            { type: 'endTyping', params: ({ event }) => event },
          ],
        },
        /** The user has been shown the members. */
        'member.look': { actions: { type: 'noteLook', params: ({ event }) => event } },
        'typing.expired': { actions: { type: 'endTyping', params: ({ event }) => event } },
        'presence.changed': { actions: 'gatherPresence' },
        'presence.due': { actions: 'flushPresence' },
      },
    },
    empty: {
      always: { guard: 'isDeserted', target: 'closed' },
    },
    closed: { type: 'final', entry: 'appendDeletion' },
  },
});
