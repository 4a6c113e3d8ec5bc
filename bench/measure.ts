import { type Contender, start } from './contenders.ts';
import { cpuSeconds } from './cpu.ts';
import { Crowd } from './crowd.ts';
import { quantile } from './quantiles.ts';
import { perform, type Work } from './works.ts';

/** What one round of one work has shown of one contender. */
export interface Figures {
  /** Processor time of the server, user and system, in microseconds. */
  cpuPerDelivery: number;
  deliveriesPerSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Part of the time that the driver was at work itself: near 1 it is the driver that sets the pace. */
  driverLoad: number;
}

/** How often at most the contenders take turns in a round: what else the machine does then meets all alike. */
const TURNS_MAX = 20;

/** Starts the contenders, puts them through one work in turn, and stops them. */
export async function measure(contenders: Contender[], work: Work, nodeFlags: string[]): Promise<Figures[]> {
  const trials: Trial[] = [];
  try {
    for (const contender of contenders) trials.push(await Trial.prepare(contender, work, nodeFlags));
    const turns = Math.min(TURNS_MAX, work.times);
    for (let turn = 0; turn < turns; turn++) for (const trial of trials) await trial.take(work.times / turns);
    for (const trial of trials) await trial.verify();
    return trials.map((trial) => trial.figures());
  } finally {
    for (const trial of trials) await trial.end();
  }
}

/** One contender and its clients. */
class Trial {
  readonly #server: Awaited<ReturnType<typeof start>>;
  readonly #crowd = new Crowd();
  readonly #work: Work;
  #seeOff = () => {};
  #cpu = 0;
  #driverCpu = 0;
  #seconds = 0;

  static async prepare(contender: Contender, work: Work, nodeFlags: string[]): Promise<Trial> {
    const trial = new Trial(await start(contender, nodeFlags), work);
    try {
      await trial.#warmUp(contender);
      return trial;
    } catch (error) {
      await trial.end();
      throw error;
    }
  }

  private constructor(server: Awaited<ReturnType<typeof start>>, work: Work) {
    this.#server = server;
    this.#work = work;
  }

  async #warmUp({ company }: Contender): Promise<void> {
    const { port } = this.#server;
    await this.#crowd.gather(port, this.#work.receivers);
    if (company) this.#seeOff = await company(port);
    await perform(this.#work, this.#crowd, this.#work.warmup);
    this.#crowd.tally.keepLatencies(this.#deliveries);
  }

  async take(times: number): Promise<void> {
    const { pid } = this.#server;
    const [cpuBefore, driverBefore, before] = [cpuSeconds(pid), process.cpuUsage(), performance.now()];
    await perform(this.#work, this.#crowd, times);
    this.#seconds += (performance.now() - before) / 1000;
    const driver = process.cpuUsage(driverBefore);
    this.#driverCpu += (driver.user + driver.system) / 1e6;
    this.#cpu += cpuSeconds(pid) - cpuBefore;
  }

  /** Rejects when a client was sent more than was due. */
  verify(): Promise<void> {
    return this.#crowd.verify();
  }

  figures(): Figures {
    const latencies = this.#crowd.tally.latencies;
    return {
      cpuPerDelivery: (this.#cpu * 1e6) / this.#deliveries,
      deliveriesPerSecond: this.#deliveries / this.#seconds,
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      driverLoad: this.#driverCpu / this.#seconds,
    };
  }

  async end(): Promise<void> {
    this.#seeOff();
    this.#crowd.leave();
    await this.#server.stop();
  }

  get #deliveries(): number {
    return this.#work.times * this.#work.atOnce * this.#work.receivers;
  }
}
