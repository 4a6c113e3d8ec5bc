import { connect, type Socket } from 'node:net';
import type { ClientRequest, Dialect } from './dialects.ts';
import { CLOSE, clientFrame, FrameCutter, PING, PONG, TEXT } from './frames.ts';
import type { Progress, Tally } from './tally.ts';

const HEADERS_END = '\r\n\r\n';
/** All clients read into one buffer: only one of them is read at a time. */
const SHARED = Buffer.allocUnsafe(256 * 1024);

/** A client on a raw socket: a real WebSocket client would cost more than the server it is to measure. */
export class Client {
  readonly name: string;
  /** When the upgrade is granted. */
  readonly opened: Promise<void>;
  readonly #tally: Tally;
  readonly #dialect: Dialect;
  readonly #socket: Socket;
  readonly #cutter = new FrameCutter((bytes, start, end, opcode) => this.#take(bytes, start, end, opcode));
  readonly #progress: Progress = new Map();
  #open: (() => void) | undefined;
  #head = Buffer.alloc(0);
  #now = 0;
  #isStalled = false;

  constructor(port: number, name: string, dialect: Dialect, tally: Tally) {
    this.name = name;
    this.#tally = tally;
    this.#dialect = dialect;
    this.opened = new Promise((resolve) => {
      this.#open = resolve;
    });
    this.#socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      onread: { buffer: SHARED, callback: (size) => this.#read(SHARED.subarray(0, size)) },
    });
    this.#socket.on('error', (error) => this.#lose(error.message));
    this.#socket.on('close', () => this.#lose('the end of the connection'));
    this.#socket.write(
      `GET ${dialect.path(name)} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\n` +
        `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==${HEADERS_END}`,
    );
  }

  /** Sends all requests in one write. */
  send(...requests: ClientRequest[]): void {
    this.#socket.write(Buffer.concat(requests.map((request) => this.#dialect.request(request))));
  }

  /** Reads nothing from now on, and minds nothing. */
  stall(): void {
    this.#isStalled = true;
    this.#socket.pause();
  }

  /** Just goes, without a word. */
  close(): void {
    this.#socket.removeAllListeners('close').destroy();
  }

  /** From now on it is no fault when the server hangs up. */
  expectEnd(): void {
    this.#socket.removeAllListeners('close');
  }

  #lose(why: string): void {
    if (!this.#isStalled) this.#tally.fail(`${this.name} met ${why}`);
  }

  #read(chunk: Buffer): boolean {
    this.#now = performance.now();
    this.#tally.lastReadAt = this.#now;
    if (this.#open) this.#readHead(chunk);
    else this.#cutter.cut(chunk);
    return !this.#isStalled;
  }

  #readHead(chunk: Buffer): void {
    this.#head = Buffer.concat([this.#head, chunk]);
    const end = this.#head.indexOf(HEADERS_END);
    if (end < 0) return;
    if (!this.#head.toString('latin1').startsWith('HTTP/1.1 101 ')) {
      this.#tally.fail(`not let in: ${this.#head.toString('latin1', 0, end)}`);
      return;
    }
    this.#open?.();
    this.#open = undefined;
    if (this.#dialect.hello) this.#socket.write(this.#dialect.hello);
    this.#cutter.cut(this.#head.subarray(end + HEADERS_END.length));
    this.#head = Buffer.alloc(0);
  }

  #take(bytes: Buffer, start: number, end: number, opcode: number): void {
    if (opcode === TEXT) {
      const reply = this.#dialect.reply(bytes, start, end);
      if (reply) this.#socket.write(reply);
      else this.#tally.take(bytes, start, start + this.#dialect.typeAt, end, this.#progress, this.#now);
    } else if (opcode === PING) {
      this.#socket.write(clientFrame(PONG, bytes.subarray(start, end)));
    } else if (opcode === CLOSE) {
      this.#lose(`a close: ${bytes.toString('utf8', start + 2, end)}`);
    }
  }
}
