import { clientFrame, TEXT } from './frames.ts';
import { Receiver } from './receiver.ts';
import { numberedText, Tally } from './tally.ts';

const CONNECTING_AT_ONCE = 50;
/** Longer than a server gathers who has come before it tells the others. */
const NEWS_MS = 700;
/** What was sent twice comes soon after the first. */
const ECHO_MS = 200;
const TIME_LIMIT_MS = 60_000;

/** Clients in one room; the first of them speaks, and hears itself like the others. */
export class Crowd {
  readonly tally = new Tally();
  readonly #receivers: Receiver[] = [];
  #sent = 0;

  get size(): number {
    return this.#receivers.length;
  }

  /** Connects everybody and waits until the news of that have gone round. */
  async gather(port: number, size: number): Promise<void> {
    while (this.size < size) {
      const group = Array.from(
        { length: Math.min(CONNECTING_AT_ONCE, size - this.size) },
        (_, i) => new Receiver(port, `user${this.size + i}`, this.tally),
      );
      this.#receivers.push(...group);
      await this.#inTime(Promise.all(group.map(({ opened }) => opened)), () => 'not let in');
    }
    await this.#quiet(NEWS_MS);
  }

  /** Sends messages in one write; resolves when everybody has got them all. */
  async say(messages: number): Promise<void> {
    const frames = Array.from({ length: messages }, () => {
      const text = numberedText(this.#sent++);
      return clientFrame(TEXT, Buffer.from(JSON.stringify({ type: 'message', room: 'general', text })));
    });
    const delivered = this.tally.expect(messages * this.size);
    this.#receivers[0]?.send(Buffer.concat(frames));
    await this.#inTime(delivered, () => `${this.tally.missing} deliveries are missing`);
  }

  /** Rejects when more has come than was due. */
  async verify(): Promise<void> {
    await this.#quiet(ECHO_MS);
  }

  leave(): void {
    for (const receiver of this.#receivers) receiver.close();
  }

  /** Waits until nobody has been told anything for `ms`. */
  async #quiet(ms: number): Promise<void> {
    const until = performance.now() + TIME_LIMIT_MS;
    while (performance.now() - this.tally.lastReadAt < ms) {
      if (performance.now() > until) throw new Error(`not quiet after ${TIME_LIMIT_MS} ms`);
      await Promise.race([this.tally.failed, new Promise((resolve) => setTimeout(resolve, 50))]);
    }
  }

  async #inTime(work: Promise<unknown>, problem: () => string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${problem()} after ${TIME_LIMIT_MS} ms`)), TIME_LIMIT_MS);
    });
    await Promise.race([work, late, this.tally.failed]).finally(() => clearTimeout(timer));
  }
}
