import { Host } from '../load/host.ts';
import type { Entrant, Scale, Scenario, Trial } from '../scenario.ts';
import { ours } from '../servers/contenders.ts';

const ROOM = 'hall';
/** Joining at the same time while the room fills. */
const FILLING_AT_ONCE = 500;

/** One joins a room, and all who are in it learn of it: what that costs for each of them, by the room's size. */
export function join({ isQuick }: Scale): Scenario {
  const [small, large] = isQuick ? ([100, 2_000] as const) : ([100, 10_000] as const);
  const label = (size: number) => `into a room of ${size.toLocaleString('en')}`;
  return {
    name: 'join',
    title: 'A join into a large room',
    unit: 'receiver',
    entrants: [joining(small, isQuick ? 4 : 12, label(small)), joining(large, isQuick ? 2 : 6, label(large))],
    targets: (['cpu', 'bytes'] as const).map((figure) => ({
      figure,
      of: label(large),
      to: label(small),
      most: 1,
    })),
    turns: 1,
    together: 1,
    shows: 'cpu',
  };
}

function joining(size: number, joins: number, label: string): Entrant {
  return { label, open: () => open(size, joins) };
}

async function open(size: number, joins: number): Promise<Trial> {
  const host = await Host.open(ours, async ({ crowd, server }) => {
    // One more, who is in no room but the first.
    await crowd.gather(server.port, size + 1, 250);
    await crowd.settle();
    for (let from = 1; from <= size; from += FILLING_AT_ONCE) {
      await crowd.join(ROOM, crowd.clients.slice(from, Math.min(from + FILLING_AT_ONCE, size + 1)));
    }
    await crowd.settle();
  });
  const { crowd } = host;
  const enter = () => crowd.clients[0]?.send({ type: 'join', room: ROOM });
  // The newcomer is among those who are told.
  const enterAndWait = () => crowd.until('presence', size + 1, enter);
  const exitAndWait = async () => {
    await crowd.until('left', 1, () => crowd.clients[0]?.send({ type: 'leave', room: ROOM }));
    // A room that is no longer large tells it in another way: all that is sure is that it will be told.
    await crowd.settle();
  };
  for (let i = 0; i < joins / 4; i++) {
    await enterAndWait();
    await exitAndWait();
  }
  await host.forget();
  let bytes = 0;
  return {
    async take() {
      for (let i = 0; i < joins; i++) {
        const before = crowd.tally.bytes;
        await host.measure(enterAndWait);
        bytes += crowd.tally.bytes - before;
        await exitAndWait();
      }
    },
    async figures() {
      await crowd.verify();
      const receivers = joins * (size + 1);
      return { cpu: host.cpu / receivers, bytes: bytes / receivers, driver: host.driverLoad * 100 };
    },
    end: () => host.end(),
  };
}
