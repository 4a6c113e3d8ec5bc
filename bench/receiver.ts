import { connect, type Socket } from 'node:net';
import { CLOSE, clientFrame, FrameCutter, PING, PONG, TEXT } from './frames.ts';
import type { Tally } from './tally.ts';

const HEADERS_END = '\r\n\r\n';
/** All receivers read into one buffer: only one of them is read at a time. */
const SHARED = Buffer.allocUnsafe(256 * 1024);

/** A client on a raw socket: a real WebSocket client would cost more than the server it is to measure. */
export class Receiver {
  readonly #tally: Tally;
  readonly #socket: Socket;
  readonly #cutter = new FrameCutter((bytes, start, end, opcode) => this.#take(bytes, start, end, opcode));
  readonly opened: Promise<void>;
  #open: (() => void) | undefined;
  #head = Buffer.alloc(0);
  #now = 0;
  /** Number of the message that must come next. */
  #next = 0;

  constructor(port: number, name: string, tally: Tally) {
    this.#tally = tally;
    this.opened = new Promise((resolve) => {
      this.#open = resolve;
    });
    this.#socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      onread: { buffer: SHARED, callback: (size) => this.#read(SHARED.subarray(0, size)) },
    });
    this.#socket.on('error', (error) => tally.fail(error));
    this.#socket.on('close', () => tally.fail(new Error(`${name} was cut off`)));
    this.#socket.write(
      `GET /ws/chat?name=${name} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\n` +
        `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==${HEADERS_END}`,
    );
  }

  /** Sends all frames in one write. */
  send(frames: Buffer): void {
    this.#socket.write(frames);
  }

  close(): void {
    this.#socket.removeAllListeners('close').destroy();
  }

  #read(chunk: Buffer): boolean {
    this.#now = performance.now();
    this.#tally.lastReadAt = this.#now;
    if (this.#open) this.#readHead(chunk);
    else this.#cutter.cut(chunk);
    return true;
  }

  #readHead(chunk: Buffer): void {
    this.#head = Buffer.concat([this.#head, chunk]);
    const end = this.#head.indexOf(HEADERS_END);
    if (end < 0) return;
    if (!this.#head.toString('latin1').startsWith('HTTP/1.1 101 ')) {
      this.#tally.fail(new Error(`not let in: ${this.#head.toString('latin1', 0, end)}`));
      return;
    }
    this.#open?.();
    this.#open = undefined;
    this.#cutter.cut(this.#head.subarray(end + HEADERS_END.length));
  }

  #take(bytes: Buffer, start: number, end: number, opcode: number): void {
    if (opcode === TEXT) {
      if (this.#tally.take(bytes, start, end, this.#next, this.#now)) this.#next++;
    } else if (opcode === PING) {
      this.send(clientFrame(PONG, bytes.subarray(start, end)));
    } else if (opcode === CLOSE) {
      this.#tally.fail(new Error(`closed by the server: ${bytes.toString('utf8', start + 2, end)}`));
    }
  }
}
