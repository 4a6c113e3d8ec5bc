/**
 * The statistics: one actor, a root. Rooms and sessions tell it what has happened; it counts, keeps the last
 * events and feeds those who subscribe to them. The directory owns it.
 */
import { enqueueActions, raise, setup } from 'xstate';
import type { Stats } from '../../protocol/entities.ts';
import { EVENTS_GATHER_MS, STATS_EVERY_MS } from '../../protocol/limits.ts';
import { formatEvent } from '../../protocol/server-events.ts';
import type { StatsEvent } from './events.ts';
import type { StatsRecord } from './record.ts';

export interface StatsContext {
  readonly record: StatsRecord;
  /** What only the whole server knows: connections, memory, uptime, what is on the disk. */
  readonly gauges: () => Pick<Stats, 'uptime' | 'connections' | 'memory_bytes' | 'data_bytes'>;
}

type Of<T extends StatsEvent['type']> = Extract<StatsEvent, { type: T }>;

export const statsMachine = setup({
  types: {} as { context: StatsContext; input: StatsContext; events: StatsEvent },
  guards: {
    hasSubscribers: ({ context }) => context.record.subscribers.size > 0,
    hasNoSubscribers: ({ context }) => context.record.subscribers.size === 0,
    hasGathered: ({ context }) => context.record.hasGathered,
  },
  delays: { eventsGather: EVENTS_GATHER_MS, statsInterval: STATS_EVERY_MS },
  actions: {
    countBegun: ({ context: { record } }, { user, id }: Of<'session.begun'>) => {
      record.counts.users_online += 1;
      record.publish({ type: 'user_connected', data: { user, count: record.counts.users_online } }, id);
    },
    countRested: ({ context: { record } }) => {
      record.counts.users_online -= 1;
      record.counts.users_away += 1;
    },
    countReturned: ({ context: { record } }) => {
      record.counts.users_online += 1;
      record.counts.users_away -= 1;
    },
    countEnded: ({ context: { record } }, { user, from, id }: Of<'session.ended'>) => {
      record.counts[from === 'online' ? 'users_online' : 'users_away'] -= 1;
      record.publish({ type: 'user_disconnected', data: { user, count: record.counts.users_online } }, id);
    },
    countCreated: ({ context: { record } }, { room, by, id }: Of<'room.created'>) => {
      record.counts.rooms_count += 1;
      record.publish({ type: 'room_created', data: { room, created_by: by } }, id);
    },
    countDeleted: ({ context: { record } }, { room, id }: Of<'room.deleted'>) => {
      record.counts.rooms_count -= 1;
      record.forgetSize(room);
      record.publish({ type: 'room_deleted', data: { room } }, id);
    },

    scheduleSize: enqueueActions(({ context, enqueue }, { room, users }: Of<'room.resized'>) => {
      const delay = context.record.noteSize(room, users);
      if (delay === undefined) return;
      const due = { type: 'room.due', room } as const;
      if (delay > 0) enqueue.raise(due, { delay });
      else enqueue.raise(due);
    }),
    tellSize: ({ context }, { room }: Of<'room.due'>) => context.record.tellSize(room),
    forgetSizes: ({ context }) => context.record.forgetSizes(),
    /** A timer dies with its actor: what it was to bring is brought now. */
    catchUp: enqueueActions(({ context: { record }, enqueue }) => {
      record.tellSizes();
      if (record.hasGathered) enqueue.raise({ type: 'feed.filled' });
    }),
    fillFeed: raise({ type: 'feed.filled' }),
    flush: ({ context }) => context.record.flush(),
    mentionStats: ({ context }) => context.record.mention({ type: 'stats', data: readStats(context) }),

    admitSubscriber: ({ context }, { subscriber, lastEventId }: Of<'subscriber.join'>) => {
      const { record } = context;
      // What is gathered is kept too: flushed first, nobody gets it twice.
      record.flush();
      record.subscribers.add(subscriber);
      const missed = lastEventId === undefined ? '' : record.missedSince(lastEventId);
      subscriber.send(missed + formatEvent({ type: 'stats', data: readStats(context) }));
    },
    releaseSubscriber: ({ context }, { subscriber }: Of<'subscriber.leave'>) => {
      context.record.subscribers.delete(subscriber);
    },
  },
}).createMachine({
  id: 'stats',
  context: ({ input }) => input,
  initial: 'opening',
  on: {
    'session.begun': { actions: { type: 'countBegun', params: ({ event }) => event } },
    'session.rested': { actions: 'countRested' },
    'session.returned': { actions: 'countReturned' },
    'session.ended': { actions: { type: 'countEnded', params: ({ event }) => event } },
    'room.created': { actions: { type: 'countCreated', params: ({ event }) => event } },
    'room.deleted': { actions: { type: 'countDeleted', params: ({ event }) => event } },
  },
  states: {
    /** Where to begin: the statistics may start again after a crash. */
    opening: {
      always: [{ guard: 'hasSubscribers', target: 'watched' }, { target: 'unwatched' }],
    },
    /** Nobody reads along: only count and keep. */
    unwatched: {
      on: {
        'subscriber.join': {
          target: 'watched',
          actions: { type: 'admitSubscriber', params: ({ event }) => event },
        },
      },
    },
    watched: {
      type: 'parallel',
      entry: 'catchUp',
      always: { guard: 'hasNoSubscribers', target: 'unwatched' },
      exit: 'forgetSizes',
      on: {
        'subscriber.join': { actions: { type: 'admitSubscriber', params: ({ event }) => event } },
        'subscriber.leave': { actions: { type: 'releaseSubscriber', params: ({ event }) => event } },
        'session.begun': { actions: [{ type: 'countBegun', params: ({ event }) => event }, 'fillFeed'] },
        'session.ended': { actions: [{ type: 'countEnded', params: ({ event }) => event }, 'fillFeed'] },
        'room.created': { actions: [{ type: 'countCreated', params: ({ event }) => event }, 'fillFeed'] },
        'room.deleted': { actions: [{ type: 'countDeleted', params: ({ event }) => event }, 'fillFeed'] },
        'room.resized': { actions: { type: 'scheduleSize', params: ({ event }) => event } },
        'room.due': { actions: [{ type: 'tellSize', params: ({ event }) => event }, 'fillFeed'] },
      },
      states: {
        feed: {
          initial: 'calm',
          states: {
            /** An event leaves as it comes. */
            calm: { on: { 'feed.filled': { target: 'gathering', actions: 'flush' } } },
            /** Events came just now; more of them leave together. */
            gathering: {
              after: {
                eventsGather: [
                  { guard: 'hasGathered', target: 'gathering', reenter: true, actions: 'flush' },
                  { target: 'calm' },
                ],
              },
            },
          },
        },
        report: {
          initial: 'waiting',
          states: {
            waiting: {
              after: {
                statsInterval: { target: 'waiting', reenter: true, actions: ['mentionStats', 'fillFeed'] },
              },
            },
          },
        },
      },
    },
  },
});

export function readStats({ record, gauges }: StatsContext): Stats {
  return { ...gauges(), ...record.counts, sse_subscribers: record.subscribers.size };
}
