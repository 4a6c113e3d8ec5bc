import { Stage } from '../inspector/stage.ts';
import { ViewerProcess } from '../inspector/viewer-process.ts';
import { watch } from '../inspector/watch.ts';
import { Host } from '../load/host.ts';
import { quantile } from '../report/quantiles.ts';
import type { Scale, Scenario, Target, Trial } from '../scenario.ts';
import { ours, withSettings } from '../servers/contenders.ts';
import { type FanOut, fanOut } from './fan-out.ts';

const inspected = withSettings(ours, { INSPECT: '1' });
const ROOM = 'viewer of the room';
const ALL = 'official viewer, of all';
const NOBODY = 'nobody watches';
const WITHOUT = 'no inspector';

/** What the inspector costs a lone message: nobody watches, one on the room, one that gets everything. */
export function inspector({ isQuick }: Scale): Scenario {
  const work = { receivers: 500, atOnce: 1, times: isQuick ? 15 : 25, warmup: 100 };
  return watching('inspector', 'Somebody watches, one message at a time to 500', work, isQuick ? 10 : 20);
}

export function inspectorBurst({ isQuick }: Scale): Scenario {
  const work = { receivers: 500, atOnce: 200, times: 1, warmup: isQuick ? 2 : 4 };
  return watching('inspector-burst', 'Somebody watches, bursts of 200 to 500', work, isQuick ? 4 : 8);
}

function watching(name: string, title: string, work: FanOut, turns: number): Scenario {
  const viewers = {
    [ROOM]: (port: number) => watch(port, { type: 'subscribe', actors: ['room:general'] }),
    [ALL]: (port: number) => watch(port),
    [NOBODY]: undefined,
  };
  const targets: Target[] = [
    { figure: 'cpu', of: ROOM, to: WITHOUT, most: 1.15 },
    { figure: 'cpu', of: NOBODY, to: WITHOUT, most: 1 },
  ];
  const entrants = Object.entries(viewers).map(([label, viewer]) => ({
    label,
    open: () => fanOut(inspected, work, viewer),
  }));
  entrants.push({ label: WITHOUT, open: () => fanOut(ours, work) });
  return { name, title, unit: 'delivery', entrants, targets, turns, shows: 'cpu' };
}

const READERS = 100;
/** Lines to each of them while a viewer comes, and as many while none does, in turn. */
const LINES = 40;
/** Rooms and statistics, besides the sessions. */
const OTHER_ACTORS = 5;

/** A viewer comes to a server where many sessions live: how long until it has its list, and what a line takes meanwhile. */
export function inspectorArrival({ isQuick }: Scale): Scenario {
  const sessions = isQuick ? 2_000 : 10_000;
  const labels = { list: 'gets the list', all: 'gets everything, as the official one' } as const;
  return {
    name: 'inspector-arrival',
    title: `A viewer comes to ${sessions.toLocaleString('en')} sessions`,
    unit: 'line',
    entrants: (['list', 'all'] as const).map((what) => ({
      label: labels[what],
      open: () => arrival(sessions, what),
    })),
    targets: [
      { figure: 'ready', of: labels.list, most: 2_000 },
      { figure: 'p99Ratio', of: labels.list, most: 2 },
    ],
    turns: isQuick ? 3 : 10,
    together: 1,
    shows: 'ready',
  };
}

async function arrival(sessions: number, what: 'list' | 'all'): Promise<Trial> {
  const stage = new Stage();
  const host = await Host.open(inspected, async ({ crowd, server }) => {
    await crowd.gather(server.port, sessions - READERS);
    await crowd.settle();
    await stage.fill(server.port, READERS);
    await stage.play(LINES);
  });
  const viewer = new ViewerProcess(host.server.port, sessions + OTHER_ACTORS);
  const ready: number[] = [];
  const alone: number[] = [];
  const meanwhile: number[] = [];
  return {
    async take() {
      alone.push(...(await stage.play(LINES)));
      const visit = viewer.visit(what);
      meanwhile.push(...(await stage.play(LINES)));
      ready.push(await visit);
    },
    async figures() {
      const [without, p99] = [quantile(alone, 0.99), quantile(meanwhile, 0.99)];
      return { ready: quantile(ready, 0.5), without, p99, p99Ratio: p99 / without };
    },
    async end() {
      viewer.end();
      stage.clear();
      await host.end();
    },
  };
}
