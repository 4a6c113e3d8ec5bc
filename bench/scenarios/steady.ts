import { type Crowd, pause } from '../load/crowd.ts';
import { Host } from '../load/host.ts';
import type { Entrant, Scale, Scenario, Trial } from '../scenario.ts';
import { bareWs, type Contender, ours, socketIoServer } from '../servers/contenders.ts';

const RECEIVERS = 1_000;
const STALLED = 100;
const PER_SECOND = 50;

/** Messages come at their times, whether or not the last has been read by all. */
interface Stream {
  readonly perSecond: number;
  /** Of one turn. */
  readonly seconds: number;
  /** Characters of a message. */
  readonly length: number;
  /** How many of the receivers stop reading before the measuring begins. */
  readonly stalled: number;
}

export function steady({ isQuick }: Scale): Scenario {
  const stream = { perSecond: PER_SECOND, seconds: 1, length: 100, stalled: 0 };
  const entrants = [ours, bareWs, socketIoServer].map((contender) => entrant(contender, stream));
  return {
    name: 'steady',
    title: '50 messages a second to 1,000',
    unit: 'delivery',
    entrants,
    targets: [
      { figure: 'p99', of: ours.name, to: bareWs.name, most: 1 },
      { figure: 'p99', of: ours.name, to: socketIoServer.name, most: 1 },
    ],
    turns: isQuick ? 2 : 6,
    shows: 'p99',
  };
}

/** Long messages, so that what is not read fills the kernel's buffers, then ours, and the queue overflows. */
export function stalled({ isQuick }: Scale): Scenario {
  const stream = { perSecond: 30, seconds: 1, length: 2_000, stalled: 0 };
  const all = `${ours.name}, all read`;
  const some = `${ours.name}, ${STALLED} stalled`;
  const peers = `${bareWs.name}, ${STALLED} stalled`;
  return {
    name: 'stalled',
    title: '100 stalled readers among 1,000',
    unit: 'delivery',
    entrants: [
      entrant(ours, { ...stream, stalled: STALLED }, some),
      entrant(ours, stream, all),
      entrant(bareWs, { ...stream, stalled: STALLED }, peers),
    ],
    targets: [{ figure: 'p99', of: some, to: all, most: 1.2 }],
    turns: isQuick ? 3 : 12,
    shows: 'p99',
  };
}

function entrant(contender: Contender, stream: Stream, label = contender.name): Entrant {
  return { label, open: () => open(contender, stream) };
}

async function open(contender: Contender, stream: Stream): Promise<Trial> {
  const host = await Host.open(contender, async ({ crowd, server }) => {
    await crowd.gather(server.port, RECEIVERS);
    await crowd.settle();
    await flow(crowd, { ...stream, stalled: 0 });
    for (const client of crowd.clients.slice(RECEIVERS - stream.stalled)) client.stall();
  });
  await host.forget();
  let deliveries = 0;
  return {
    async take() {
      await host.measure(() => flow(host.crowd, stream));
      deliveries += stream.perSecond * stream.seconds * (RECEIVERS - stream.stalled);
    },
    async figures() {
      await host.crowd.verify();
      const { latencies } = host.crowd.tally;
      return {
        cpu: host.cpu / deliveries,
        p50: latencies.quantile(0.5),
        p99: latencies.quantile(0.99),
        max: latencies.quantile(1),
        driver: host.driverLoad * 100,
      };
    },
    end: () => host.end(),
  };
}

async function flow(crowd: Crowd, { perSecond, seconds, length, stalled }: Stream): Promise<void> {
  const [author] = crowd.clients;
  const messages = perSecond * seconds;
  if (!author) return;
  await crowd.until('message', messages * (crowd.size - stalled), async () => {
    const begun = performance.now();
    for (let i = 0; i < messages; i++) {
      const due = begun + (i * 1000) / perSecond;
      await pause(Math.max(0, due - performance.now()));
      // Timed from when it was due, or one that is sent late would hide that it was held up.
      crowd.say(author, 'general', 1, { sentAt: Math.min(due, performance.now()), length });
    }
  });
}
