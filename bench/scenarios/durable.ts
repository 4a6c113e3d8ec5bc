import type { Scale, Scenario } from '../scenario.ts';
import { ours } from '../servers/contenders.ts';
import { keeping } from '../servers/keeping.ts';
import { type FanOut, fanOut } from './fan-out.ts';

const DISK = 'on the disk';
const MEMORY = 'in memory';

/** What keeping everything costs a lone message. */
export function durable({ isQuick }: Scale): Scenario {
  const work = { receivers: 500, atOnce: 1, times: isQuick ? 15 : 25, warmup: 100 };
  return scenario('durable', 'Kept on the disk, one message at a time to 500', work, isQuick ? 10 : 20);
}

export function durableBurst({ isQuick }: Scale): Scenario {
  const work = { receivers: 500, atOnce: 200, times: 1, warmup: isQuick ? 2 : 4 };
  return scenario('durable-burst', 'Kept on the disk, bursts of 200 to 500', work, isQuick ? 4 : 8);
}

function scenario(name: string, title: string, work: FanOut, turns: number): Scenario {
  const entrants = [
    { label: DISK, open: () => fanOut(keeping(), work) },
    { label: MEMORY, open: () => fanOut(ours, work) },
  ];
  const targets = [{ figure: 'cpu' as const, of: DISK, to: MEMORY, most: 1.1 }];
  return { name, title, unit: 'delivery', entrants, targets, turns, shows: 'cpu' };
}
