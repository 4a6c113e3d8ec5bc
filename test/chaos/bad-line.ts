import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Random } from './random.ts';

/** Chances that a piece of what passes by meets with something. */
const CUT = 0.002;
const CUT_INSIDE = 0.002;
const HALF_CLOSE = 0.002;
/** Milliseconds. */
const DELAY_MAX = 8;

/** A line between clients and server that can be a bad one: then it cuts, delays and half-closes. */
export class BadLine {
  readonly #random: Random;
  readonly #server = createServer((near) => this.#take(near));
  readonly #sockets = new Set<Socket>();
  #target: number | undefined;
  #isCalm = true;

  constructor(random: Random) {
    this.#random = random;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** @param url where the server is now; undefined while it is nowhere */
  leadTo(url: string | undefined): void {
    this.#target = url === undefined ? undefined : Number(new URL(url).port);
  }

  worsen(): void {
    this.#isCalm = false;
  }

  /** From now on nothing happens to what passes by. */
  calm(): void {
    this.#isCalm = true;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #take(near: Socket): void {
    if (this.#target === undefined) {
      near.destroy();
      return;
    }
    const far = connect(this.#target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      this.#pass(from, to);
    }
  }

  #pass(from: Socket, to: Socket): void {
    let line = Promise.resolve();
    from.on('data', (piece: Buffer) => {
      from.pause();
      line = line.then(async () => {
        await this.#delay();
        this.#meet(piece, from, to);
        from.resume();
      });
    });
    from.on('error', () => to.destroy());
    from.on('end', () => void line.then(() => to.end()));
    from.on('close', () => {
      this.#sockets.delete(from);
      void line.then(() => to.destroy());
    });
  }

  #meet(piece: Buffer, from: Socket, to: Socket): void {
    const fate = this.#isCalm ? 1 : this.#random();
    if (fate < CUT) from.destroy();
    else if (fate < CUT + CUT_INSIDE)
      to.end(piece.subarray(0, Math.floor(piece.length / 2)), () => from.destroy());
    else if (fate < CUT + CUT_INSIDE + HALF_CLOSE) to.end(piece);
    else to.write(piece);
  }

  #delay(): Promise<void> | undefined {
    if (this.#isCalm || this.#random() < 0.7) return undefined;
    return new Promise((resolve) => setTimeout(resolve, this.#random() * DELAY_MAX));
  }
}
