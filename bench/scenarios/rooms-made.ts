import type { Crowd } from '../load/crowd.ts';
import { Host } from '../load/host.ts';
import type { Scale, Scenario, Trial } from '../scenario.ts';
import { ours, withSettings } from '../servers/contenders.ts';

const CLIENTS = 100;
const MiB = 1024 * 1024;

/** Rooms are made and deleted: what is left of them. */
export function roomsMade({ isQuick }: Scale): Scenario {
  const rooms = isQuick ? 2_000 : 10_000;
  return {
    name: 'rooms-made',
    title: `${rooms.toLocaleString('en')} rooms made and deleted`,
    unit: 'room',
    entrants: [{ label: ours.name, open: () => open(rooms) }],
    targets: [{ figure: 'growth', of: ours.name, most: 1.05 }],
    turns: 1,
    together: 1,
    shows: 'growth',
  };
}

async function open(rooms: number): Promise<Trial> {
  const contender = withSettings(ours, { MAX_ROOMS_PER_USER: '10000' });
  const host = await Host.open(contender, async ({ crowd, server }) => {
    await crowd.gather(server.port, CLIENTS);
    await crowd.settle();
    // The first rooms bring code and maps that stay.
    await inAll(crowd, 'join', 'joined', 10 * CLIENTS);
    await inAll(crowd, 'leave', 'left', 10 * CLIENTS);
    await crowd.settle();
  });
  await host.forget();
  const { crowd, server } = host;
  const heaps: number[] = [];
  const weigh = async () => heaps.push((await server.memory()).heap / MiB);
  await weigh();
  return {
    async take() {
      await host.measure(() => inAll(crowd, 'join', 'joined', rooms));
      await weigh();
      await host.measure(() => inAll(crowd, 'leave', 'left', rooms));
      await crowd.settle();
      await weigh();
    },
    async figures() {
      const [before = 0, full = 0, after = 0] = heaps;
      return { cpu: host.cpu / rooms, before, full, after, growth: after / before };
    },
    end: () => host.end(),
  };
}

async function inAll(crowd: Crowd, type: string, answer: string, rooms: number): Promise<void> {
  await crowd.until(answer, rooms, () => {
    for (let i = 0; i < rooms; i++) crowd.clients[i % CLIENTS]?.send({ type, room: `room-${i}` });
  });
}
