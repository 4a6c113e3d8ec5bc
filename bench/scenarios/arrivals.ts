import { Crowd, pause } from '../load/crowd.ts';
import { Host } from '../load/host.ts';
import type { Entrant, Scale, Scenario, Target, Trial } from '../scenario.ts';
import {
  bareWs,
  type Contender,
  ours,
  roomsWs,
  socketIoServer,
  socketIoTelling,
  withSettings,
} from '../servers/contenders.ts';

const AT_ONCE = 250;
const GRACE_MS = 1_500;

const all = [ours, bareWs, roomsWs, socketIoServer];
const targets = [
  { figure: 'cpu', of: ours.name, to: bareWs.name, most: 3 },
  { figure: 'cpu', of: ours.name, to: socketIoServer.name, most: 1 },
] as const;

/** Clients that come as fast as they are let in. */
export function accept({ isQuick }: Scale): Scenario {
  const clients = isQuick ? 1_000 : 5_000;
  const title = `${counted(clients)} connections as fast as they come`;
  return accepting('accept', title, clients, all, targets, aTenth(clients));
}

/** The same when so many have come before, and gone again, that all is compiled. */
export function acceptAgain({ isQuick }: Scale): Scenario {
  const clients = isQuick ? 1_000 : 5_000;
  const title = `${counted(clients)} connections, when as many have come and gone`;
  const contenders = all.map((each) => withSettings(each, { PRESENCE_GRACE_MS: String(GRACE_MS) }));
  return accepting('accept-again', title, clients, contenders, targets, async ({ server }, { dialect }) => {
    const before = new Crowd(dialect, 'prep');
    await before.gather(server.port, clients, AT_ONCE);
    await before.settle();
    before.leave();
    // Until all of them are given up.
    await pause(GRACE_MS + 3_000);
  });
}

/** The same against a Socket.IO that does the same: it hands out a list, and tells the others who has come. */
export function acceptTold({ isQuick }: Scale): Scenario {
  const clients = isQuick ? 500 : 1_000;
  const title = `${counted(clients)} connections, each told of to all`;
  const contenders = [ours, socketIoTelling];
  const target = { figure: 'cpu', of: ours.name, to: socketIoTelling.name, most: 1 } as const;
  return accepting('accept-told', title, clients, contenders, [target], aTenth(clients));
}

/** What goes before: first buffers, and some of what is to be compiled. */
type Prepare = (host: Host, contender: Contender) => Promise<void>;

function aTenth(clients: number): Prepare {
  return async ({ crowd, server }) => {
    await crowd.gather(server.port, clients / 10, AT_ONCE);
    await crowd.settle();
  };
}

function accepting(
  name: string,
  title: string,
  clients: number,
  contenders: readonly Contender[],
  aims: readonly Target[],
  prepare: Prepare,
): Scenario {
  const entrants = contenders.map((contender) => ({
    label: contender.name,
    open: () => open(contender, clients, prepare),
  }));
  return { name, title, unit: 'connection', entrants, targets: aims, turns: 1, together: 1, shows: 'cpu' };
}

async function open(contender: Contender, clients: number, prepare: Prepare): Promise<Trial> {
  const host = await Host.open(contender, (opened) => prepare(opened, contender));
  await host.forget();
  const before = host.crowd.size;
  let seconds = 0;
  return {
    async take() {
      await host.measure(async () => {
        const start = performance.now();
        await host.crowd.gather(host.server.port, before + clients, AT_ONCE);
        seconds = (performance.now() - start) / 1000;
        // Until the others have been told.
        await host.crowd.settle();
      });
    },
    async figures() {
      await host.crowd.verify();
      return {
        cpu: host.cpu / clients,
        rate: clients / seconds,
        driver: host.driverLoad * 100,
      };
    },
    end: () => host.end(),
  };
}

function counted(clients: number): string {
  return clients.toLocaleString('en');
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
