import { Crowd } from '../load/crowd.ts';
import { Host } from '../load/host.ts';
import type { Entrant, Figures, Scale, Scenario, Target, Trial } from '../scenario.ts';
import { bareWs, type Contender, ours, socketIoServer } from '../servers/contenders.ts';

export interface FanOut {
  readonly receivers: number;
  /** Messages sent at once; the next only when all have got these. */
  readonly atOnce: number;
  /** How often, in one turn. */
  readonly times: number;
  /** How often before, not measured: every server is to be measured compiled. */
  readonly warmup: number;
}

const RECEIVERS = 500;
/** What is done once a message is compiled only after many of them: these are cheap. */
const COMPILING: FanOut = { receivers: 10, atOnce: 1, times: 2_000, warmup: 0 };
const contenders = [ours, bareWs, socketIoServer];

/** What a lone message costs: one at a time, the next when all have got the last. */
export function paced({ isQuick }: Scale): Scenario {
  const work = { receivers: RECEIVERS, atOnce: 1, times: 25, warmup: 100 };
  return scenario('paced', 'One message at a time to 500', work, isQuick ? 5 : 10, [
    { figure: 'cpu', of: ours.name, to: bareWs.name, most: 0.9 },
    { figure: 'cpu', of: ours.name, to: socketIoServer.name, most: 1 },
  ]);
}

/** What a storm costs: 200 messages in one write. */
export function burst({ isQuick }: Scale): Scenario {
  const work = { receivers: RECEIVERS, atOnce: 200, times: 1, warmup: 2 };
  return scenario('burst', 'Bursts of 200 messages to 500', work, isQuick ? 2 : 4, [
    { figure: 'cpu', of: ours.name, to: bareWs.name, most: 0.15 },
    { figure: 'p99', of: ours.name, to: bareWs.name, most: 0.3 },
    { figure: 'cpu', of: ours.name, to: socketIoServer.name, most: 1 },
    { figure: 'p99', of: ours.name, to: socketIoServer.name, most: 1 },
  ]);
}

/** Whether a delivery costs the same in a small room and in a large one. */
export function growth({ isQuick }: Scale): Scenario {
  const sizes = isQuick ? [10, 100, 1_000] : [10, 100, 1_000, 5_000];
  const turns = 5;
  const deliveries = isQuick ? 20_000 : 100_000;
  const both = [ours, bareWs];
  const entrants = sizes.flatMap((receivers) => {
    const times = Math.ceil(deliveries / receivers / turns);
    const work = { receivers, atOnce: 1, times, warmup: times };
    return both.map((contender) => entrant(contender, work, `, ${receivers}`));
  });
  return {
    name: 'growth',
    title: 'One message at a time, in rooms of several sizes',
    unit: 'delivery',
    entrants,
    targets: sizes.map((size) => ({
      figure: 'cpu',
      of: `${ours.name}, ${size}`,
      to: `${bareWs.name}, ${size}`,
      most: 1,
    })),
    turns,
    together: both.length,
    shows: 'cpu',
  };
}

function scenario(name: string, title: string, work: FanOut, turns: number, targets: Target[]): Scenario {
  const entrants = contenders.map((contender) => entrant(contender, work));
  return { name, title, unit: 'delivery', entrants, targets, turns, shows: 'cpu' };
}

function entrant(contender: Contender, work: FanOut, suffix = ''): Entrant {
  return { label: contender.name + suffix, open: () => fanOut(contender, work) };
}

/** @param accompany brings whoever else is to be there, and tells how to send them away */
export async function fanOut(
  contender: Contender,
  work: FanOut,
  accompany?: (port: number) => Promise<() => void>,
): Promise<Trial> {
  let dismiss: (() => void) | undefined;
  const host = await Host.open(contender, async ({ crowd, server }) => {
    await compile(contender, server.port);
    await crowd.gather(server.port, work.receivers);
    await crowd.settle();
    dismiss = await accompany?.(server.port);
    await speak(crowd, work, work.warmup);
  });
  await host.forget();
  let deliveries = 0;
  return {
    async take() {
      await host.measure(() => speak(host.crowd, work, work.times));
      deliveries += work.times * work.atOnce * work.receivers;
    },
    async figures(): Promise<Figures> {
      await host.crowd.verify();
      const { latencies } = host.crowd.tally;
      return {
        cpu: host.cpu / deliveries,
        rate: deliveries / host.seconds,
        p50: latencies.quantile(0.5),
        p99: latencies.quantile(0.99),
        driver: host.driverLoad * 100,
      };
    },
    async end() {
      dismiss?.();
      await host.end();
    },
  };
}

/** Others than those who are measured, since these count what they are told from the first message on. */
async function compile({ dialect }: Contender, port: number): Promise<void> {
  const crowd = new Crowd(dialect, 'prep');
  await crowd.gather(port, COMPILING.receivers);
  await crowd.settle();
  await speak(crowd, COMPILING, COMPILING.times);
  crowd.leave();
}

async function speak(crowd: Crowd, { atOnce, receivers }: FanOut, times: number): Promise<void> {
  const [author] = crowd.clients;
  for (let i = 0; author && i < times; i++) {
    await crowd.until('message', atOnce * receivers, () => crowd.say(author, 'general', atOnce));
  }
}
