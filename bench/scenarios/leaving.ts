import { pause } from '../load/crowd.ts';
import { Host } from '../load/host.ts';
import { Prober, type Wait } from '../load/prober.ts';
import type { Entrant, Scale, Scenario, Trial } from '../scenario.ts';
import { ours, withSettings } from '../servers/contenders.ts';

const GRACE_MS = 1_500;
/** All go within a second, in so many groups. */
const GROUPS = 20;

/** A whole room leaves within a second: how long others wait for an answer, until all of it is over. */
export function leaving({ isQuick }: Scale): Scenario {
  const clients = isQuick ? 2_000 : 10_000;
  const labels = { quit: 'all log out', cut: 'all are cut off' } as const;
  return {
    name: 'leaving',
    title: `${clients.toLocaleString('en')} connections in one room leave within a second`,
    unit: 'connection',
    entrants: (['quit', 'cut'] as const).map((how) => entrant(clients, how, labels[how])),
    targets: Object.values(labels).map((of) => ({ figure: 'max', of, most: 250 })),
    turns: 1,
    together: 1,
    shows: 'max',
  };
}

function entrant(clients: number, how: 'quit' | 'cut', label: string): Entrant {
  return { label, open: () => open(clients, how) };
}

async function open(clients: number, how: 'quit' | 'cut'): Promise<Trial> {
  const contender = withSettings(ours, { PRESENCE_GRACE_MS: String(GRACE_MS) });
  const host = await Host.open(contender, async ({ crowd, server }) => {
    await crowd.gather(server.port, clients, 250);
    await crowd.settle();
  });
  const prober = new Prober(host.server);
  let waits: Wait[] = [];
  return {
    async take() {
      await prober.begin();
      await host.measure(async () => {
        for (let i = 0; i < GROUPS; i++) {
          const until = performance.now() + 1_000 / GROUPS;
          for (const client of host.crowd.clients.slice(
            (i * clients) / GROUPS,
            ((i + 1) * clients) / GROUPS,
          )) {
            client.expectEnd();
            if (how === 'quit') client.send({ type: 'quit' });
            else client.close();
          }
          await pause(Math.max(0, until - performance.now()));
        }
        // Those who were cut off are given up only now, all within a second again.
        await pause(GRACE_MS + 2_000);
      });
      waits = await prober.end();
    },
    async figures() {
      return {
        cpu: host.cpu / clients,
        wall: Math.max(...waits.map(({ wall }) => wall)),
        max: Math.max(...waits.map(({ own }) => own)),
      };
    },
    end: () => host.end(),
  };
}
