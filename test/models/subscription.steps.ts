import { expect } from 'vitest';
import { EVENTS_KEPT } from '../../src/protocol/limits.ts';
import type { subscriptionModel } from './subscription.model.ts';
import type { SubscriptionWorld } from './subscription-world.ts';
import type { Steps } from './walk.ts';

const COUNTS = { one: 1, 'as many as are kept': EVENTS_KEPT, 'more than are kept': EVENTS_KEPT + 10 };
const PAUSES = { 'a minute': 60_000, 'a millisecond': 1 };

export const subscriptionSteps: Steps<SubscriptionWorld, (typeof subscriptionModel)['machine']> = {
  executors: {
    async happen(world, { count }) {
      world.due.push(...(await world.happen(COUNTS[count])));
    },

    async cut(world, { while: when }) {
      if (when === 'busy') await world.beginToHappen();
      await world.stream.close();
      await world.happen(0);
    },

    async restart(world, { after }) {
      await world.server.close();
      await world.stream.ended;
      world.clock.increment(PAUSES[after]);
      await world.begin();
    },

    async subscribe(world, { lastEventId }, { answer }) {
      const { kept, lastSeen } = world;
      const ids = { 'last seen': lastSeen, none: undefined, garbage: '-1e3' };
      await world.subscribe({ lastEventId: ids[lastEventId] });
      const seenAt = kept.findIndex(({ id }) => id === lastSeen);
      if (answer === 'what was missed') world.due = kept.slice(seenAt + 1);
      if (answer === 'everything kept') world.due = kept;
    },
  },

  assertions: {
    live: isOpen,
    cutOff: isForgotten,
    catchingUp: isOpen,
    gapTooLarge: isOpen,
    serverRestarted: isForgotten,
  },
};

/** It has brought all that it should, each event once and in order, with ids that rise; and it is counted. */
async function isOpen({ server, stream, due, brought }: SubscriptionWorld): Promise<void> {
  await expect.poll(() => stream.of('stats').length, { interval: 2, timeout: 10_000 }).toBeGreaterThan(0);
  expect(brought).toEqual(due);
  const ids = brought.map(({ id }) => Number(id));
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  expect((await server.get('/api/stats')).body.sse_subscribers).toBe(2);
}

/** Nobody but the witness is left. */
async function isForgotten({ server }: SubscriptionWorld): Promise<void> {
  const count = async () => (await server.get('/api/stats')).body.sse_subscribers;
  await expect.poll(count, { interval: 2, timeout: 10_000 }).toBe(1);
}
