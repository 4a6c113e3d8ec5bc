import { Host } from '../load/host.ts';
import { type Deed, deeds, Village } from '../load/village.ts';
import type { Entrant, Scale, Scenario, Trial } from '../scenario.ts';
import { type Contender, ours, roomsWs, socketIoServer } from '../servers/contenders.ts';

/** How much is done: rooms, and the times that something happens in 50 of them in one turn. */
interface Extent {
  readonly count: number;
  readonly times: number;
}

const contenders = [ours, roomsWs, socketIoServer];

export function rooms({ isQuick }: Scale): Scenario {
  const extent = isQuick ? { count: 200, times: 10 } : { count: 2_000, times: 20 };
  return {
    name: 'rooms',
    title: `Messages in ${extent.count.toLocaleString('en')} rooms of 10`,
    unit: 'message',
    entrants: contenders.map((contender) => entrant(contender, 'message', extent, contender.name)),
    targets: [
      { figure: 'cpu', of: ours.name, to: roomsWs.name, most: 1.2 },
      { figure: 'cpu', of: ours.name, to: socketIoServer.name, most: 1 },
    ],
    turns: 4,
    shows: 'cpu',
  };
}

/** All that happens in rooms, each kind against a message of the same server. */
export function others({ isQuick }: Scale): Scenario {
  const extent = isQuick ? { count: 100, times: 20 } : { count: 500, times: 100 };
  const label = ({ name }: Contender, deed: Deed) => `${name}, ${deed}`;
  return {
    name: 'others',
    title: 'Typing, joins and leaves, private messages, in rooms of 10',
    unit: 'deed',
    entrants: contenders.flatMap((contender) =>
      deeds.map((deed) => entrant(contender, deed, extent, label(contender, deed))),
    ),
    targets: deeds.slice(1).flatMap((deed) => [
      { figure: 'cpu' as const, of: label(ours, deed), to: label(ours, 'message'), most: 1.5 },
      { figure: 'cpu' as const, of: label(ours, deed), to: label(socketIoServer, deed), most: 1 },
    ]),
    turns: 1,
    together: 1,
    shows: 'cpu',
  };
}

function entrant(contender: Contender, deed: Deed, extent: Extent, label: string): Entrant {
  return { label, open: () => open(contender, deed, extent) };
}

async function open(contender: Contender, deed: Deed, { count, times }: Extent): Promise<Trial> {
  let done = 0;
  let live = async () => {};
  const host = await Host.open(contender, async ({ crowd, server }) => {
    await crowd.gather(server.port, Village.population(count));
    await crowd.settle();
    const village = new Village(crowd);
    await village.settle(count);
    live = async () => {
      for (let i = 0; i < times; i++) done += await village.live(deed);
    };
    await live();
  });
  await host.forget();
  done = 0;
  return {
    take: () => host.measure(live),
    async figures() {
      await host.crowd.verify();
      const { latencies } = host.crowd.tally;
      return {
        cpu: host.cpu / done,
        rate: done / host.seconds,
        p50: latencies.quantile(0.5),
        p99: latencies.quantile(0.99),
        driver: host.driverLoad * 100,
      };
    },
    end: () => host.end(),
  };
}
