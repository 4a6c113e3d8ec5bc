import type { Contender } from '../servers/contenders.ts';
import { cpuMicroseconds } from '../servers/cpu.ts';
import { type Running, start } from '../servers/start.ts';
import { Crowd } from './crowd.ts';
import { keepProfile, profiling } from './profiling.ts';

/** A server that runs, its clients, and what it has used while it was measured. */
export class Host {
  readonly server: Running;
  readonly crowd: Crowd;
  /** Processor time of the server, in microseconds. */
  cpu = 0;
  seconds = 0;
  #driverCpu = 0;
  readonly #name: string;
  #isProfiled = false;

  /** @param setUp brings the clients; when that fails all is ended */
  static async open(contender: Contender, setUp: (host: Host) => Promise<void>): Promise<Host> {
    const host = new Host(contender, await start(contender));
    try {
      await setUp(host);
      return host;
    } catch (error) {
      await host.end();
      throw error;
    }
  }

  private constructor({ name, dialect }: Contender, server: Running) {
    this.server = server;
    this.crowd = new Crowd(dialect);
    this.#name = name;
  }

  /** What counts of the time so far was for warming up. */
  async forget(): Promise<void> {
    this.cpu = 0;
    this.seconds = 0;
    this.#driverCpu = 0;
    this.crowd.tally.bytes = 0;
    this.crowd.tally.latencies.clear();
    this.#isProfiled = profiling.folder !== undefined;
    if (this.#isProfiled) await this.server.beginProfile();
  }

  /** Runs something whose cost is counted. */
  async measure(work: () => Promise<void>): Promise<void> {
    const { pid } = this.server;
    const [cpuBefore, driverBefore, before] = [cpuMicroseconds(pid), process.cpuUsage(), performance.now()];
    await work();
    this.seconds += (performance.now() - before) / 1000;
    const driver = process.cpuUsage(driverBefore);
    this.#driverCpu += (driver.user + driver.system) / 1e6;
    this.cpu += cpuMicroseconds(pid) - cpuBefore;
  }

  /** Part of the time that the driver was at work itself: near 1 it is the driver that sets the pace. */
  get driverLoad(): number {
    return this.#driverCpu / this.seconds;
  }

  async end(): Promise<void> {
    if (this.#isProfiled) keepProfile(this.#name, await this.server.endProfile());
    this.crowd.leave();
    await this.server.stop();
  }
}
