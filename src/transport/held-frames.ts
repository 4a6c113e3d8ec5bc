import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Writer } from './writer.ts';

export interface HeldFrame {
  body: Buffer;
  isBinary: boolean;
}

/**
 * What a client asked for before it had read what it asked for earlier. Whoever asks faster than they read waits; the
 * socket is not read meanwhile, so little can gather here.
 */
export class HeldFrames {
  readonly #ws: WebSocket;
  readonly #writer: Writer;
  readonly #handle: (frame: HeldFrame) => void;
  #frames: HeldFrame[] = [];

  /** @param handle is given what was held, in order, when there is room for the answers */
  constructor(ws: WebSocket, socket: Duplex, writer: Writer, handle: (frame: HeldFrame) => void) {
    this.#ws = ws;
    this.#writer = writer;
    this.#handle = handle;
    socket.on('drain', () => this.#release());
  }

  get isEmpty(): boolean {
    return this.#frames.length === 0;
  }

  add(frame: HeldFrame): void {
    this.#frames.push(frame);
    this.#ws.pause();
    setImmediate(() => this.#release());
  }

  clear(): void {
    this.#frames = [];
  }

  #release(): void {
    if (this.isEmpty) return;
    while (!this.isEmpty && !this.#writer.isCongested) this.#handle(this.#frames.shift() as HeldFrame);
    if (this.isEmpty) this.#ws.resume();
    else setImmediate(() => this.#releaseUnlessFull());
  }

  /** What is still congested when all is with the socket waits for its `drain`. */
  #releaseUnlessFull(): void {
    this.#writer.flush();
    if (!this.#writer.isCongested) this.#release();
  }
}
