import { pause } from '../load/crowd.ts';
import { Host } from '../load/host.ts';
import type { Entrant, Scale, Scenario, Trial } from '../scenario.ts';
import { bareWs, type Contender, ours, roomsWs, socketIoServer } from '../servers/contenders.ts';

const AT_ONCE = 250;

/** Clients that come as fast as they are let in. */
export function accept({ isQuick }: Scale): Scenario {
  const clients = isQuick ? 1_000 : 5_000;
  return {
    name: 'accept',
    title: `${clients.toLocaleString('en')} connections as fast as they come`,
    unit: 'connection',
    entrants: [ours, bareWs, roomsWs, socketIoServer].map((contender) => accepting(contender, clients)),
    targets: [
      { figure: 'cpu', of: ours.name, to: bareWs.name, most: 3 },
      { figure: 'cpu', of: ours.name, to: socketIoServer.name, most: 1 },
    ],
    turns: 1,
    together: 1,
    shows: 'cpu',
  };
}

function accepting(contender: Contender, clients: number): Entrant {
  return {
    label: contender.name,
    async open(): Promise<Trial> {
      const host = await Host.open(contender, async ({ crowd, server }) => {
        // Compiled, and with its first buffers.
        await crowd.gather(server.port, clients / 10, AT_ONCE);
        await crowd.settle();
      });
      await host.forget();
      const before = host.crowd.size;
      return {
        async take() {
          await host.measure(async () => {
            await host.crowd.gather(host.server.port, before + clients, AT_ONCE);
            await host.crowd.inTime(pause(host.crowd.newsMs), () => '');
          });
        },
        async figures() {
          await host.crowd.verify();
          return {
            cpu: host.cpu / clients,
            rate: clients / (host.seconds - host.crowd.newsMs / 1000),
            driver: host.driverLoad * 100,
          };
        },
        end: () => host.end(),
      };
    },
  };
}

/** What a connection that says nothing holds: all in one room, and each in one of many as well. */
export function memory({ isQuick }: Scale): Scenario {
  const clients = isQuick ? 1_000 : 5_000;
  const [one, many] = ['one room', 'rooms of 10'];
  return {
    name: 'memory',
    title: `${clients.toLocaleString('en')} idle connections`,
    unit: 'connection',
    entrants: [
      idle(ours, clients, `${ours.name}, ${one}`),
      idle(bareWs, clients, `${bareWs.name}, ${one}`),
      idle(socketIoServer, clients, `${socketIoServer.name}, ${one}`),
      idle(ours, clients, `${ours.name}, ${many}`, 10),
      idle(roomsWs, clients, `${roomsWs.name}, ${many}`, 10),
      idle(socketIoServer, clients, `${socketIoServer.name}, ${many}`, 10),
    ],
    targets: [
      { figure: 'resident', of: `${ours.name}, ${one}`, to: `${bareWs.name}, ${one}`, most: 2 },
      { figure: 'resident', of: `${ours.name}, ${many}`, to: `${roomsWs.name}, ${many}`, most: 2 },
      { figure: 'resident', of: `${ours.name}, ${one}`, to: `${socketIoServer.name}, ${one}`, most: 1 },
      { figure: 'resident', of: `${ours.name}, ${many}`, to: `${socketIoServer.name}, ${many}`, most: 1 },
    ],
    turns: 1,
    together: 1,
    shows: 'resident',
  };
}

/** @param roomSize of the rooms that they are in besides the one of all */
function idle(contender: Contender, clients: number, label: string, roomSize?: number): Entrant {
  return {
    label,
    async open(): Promise<Trial> {
      const host = await Host.open(contender, async ({ crowd, server }) => {
        await crowd.gather(server.port, 100);
        await crowd.settle();
      });
      const warm = host.crowd.size;
      const before = await host.server.memory();
      return {
        async take() {
          const { crowd, server } = host;
          await crowd.gather(server.port, warm + clients);
          await crowd.settle();
          for (let i = 0; roomSize && i < clients; i += roomSize) {
            await crowd.join(`room-${i}`, crowd.clients.slice(warm + i, warm + i + roomSize));
          }
          await crowd.settle();
        },
        async figures() {
          const after = await host.server.memory();
          const each = (field: 'heap' | 'resident') => (after[field] - before[field]) / clients / 1024;
          return { resident: each('resident'), heap: each('heap') };
        },
        end: () => host.end(),
      };
    },
  };
}
