import type { Duplex } from 'node:stream';

/** Above this many waiting bytes a client's further requests wait until it has read. */
const CONGESTED_BYTES = 256 * 1024;

/** From here on a tick's frames are not worth waiting for: only the socket can say what its reader takes. */
const EARLY_BYTES = 64 * 1024;

/** Milliseconds of writing to many before what has come meanwhile is looked after. */
const SLICE_MS = 5;
/** To look at the clock costs a tenth of a write. */
const WRITES_A_LOOK = 8;

/**
 * What is on its way to one socket: frames gathered over a tick leave in one write, at the end of that tick. When
 * thousands are written to, answers to those who ask meanwhile come in between.
 *
 * The queue is bounded. What others send to a reader who does not read makes it overflow; what the reader has
 * asked for itself does not count, or a big history would kill whoever asks for it. Nor does a frame that finds
 * nothing waiting, however large: its reader has taken all before it. So at most the limit, one such frame and
 * the last answers wait.
 */
export class Writer {
  readonly #socket: Duplex;
  readonly #maxBytes: number;
  /** The first frame of a tick, mostly the only one: it has a place of its own, and no list is made for it. */
  #first: Buffer | undefined;
  /** All frames of a tick, from the second one on. */
  #queue: Buffer[] | undefined;
  #queuedBytes = 0;
  /** How many of the waiting bytes may be of frames that do not count. */
  #freeBytes = 0;
  /** Whether it stands among those that are written to first. */
  #isAnswering = false;
  #stopped = false;
  /** Whether the answer to the upgrade waits in the socket, to leave together with the first frames. */
  #isCorked: boolean;

  /** @param maxBytes how much may wait for a reader who does not read */
  constructor(socket: Duplex, maxBytes: number) {
    this.#socket = socket;
    this.#maxBytes = maxBytes;
    this.#isCorked = socket.writableCorked > 0;
  }

  get isCongested(): boolean {
    return this.#waitingBytes > CONGESTED_BYTES;
  }

  /**
   * @param tail the end of the frame, where it is a buffer of its own
   * @returns false when the queue is full: then the frame is not taken, and the reader is to be closed
   */
  push(wire: Buffer, tail?: Buffer): boolean {
    if (this.#stopped) return true;
    const length = wire.length + (tail?.length ?? 0);
    // The usual case first: what a socket has waiting is not for free to ask.
    if (this.#waitingBytes === 0) {
      this.#freeBytes = length;
    } else if (this.#isFull(length)) {
      // What was gathered in this tick says nothing of the reader until the socket has been given it.
      if (this.#queuedBytes > 0 && this.#socket.writableLength === 0) this.flush();
      if (this.#isFull(length)) return false;
      if (this.#waitingBytes === 0) this.#freeBytes = length;
    }
    this.#enqueue(wire, telling);
    if (tail) this.#enqueue(tail, telling);
    return true;
  }

  pushAnswer(wire: Buffer, tail?: Buffer): void {
    if (this.#stopped) return;
    const length = wire.length + (tail?.length ?? 0);
    // Those of answers that were read no longer count, or whoever asks and reads slowly would have no limit.
    this.#freeBytes = Math.min(this.#freeBytes, this.#waitingBytes) + length;
    if (this.#first !== undefined && !this.#isAnswering) flushAtEndOfTick(this, answering);
    this.#isAnswering = true;
    this.#enqueue(wire, answering);
    if (tail) this.#enqueue(tail, answering);
  }

  /** At the end of the tick, even if nothing is pushed until then: what the socket has corked leaves, too. */
  flushSoon(): void {
    flushAtEndOfTick(this, answering);
  }

  flush(): void {
    const first = this.#first;
    if (first !== undefined) {
      const queue = this.#queue;
      this.#clear();
      if (!queue) this.#socket.write(first);
      // The socket joins them itself, without a copy.
      else if (this.#isCorked) for (const wire of queue) this.#socket.write(wire);
      else this.#socket.write(joined(queue));
    }
    if (this.#isCorked) this.#uncork();
  }

  /** Writes nothing from here on: the close frame must be the last. */
  stop(): void {
    this.#stopped = true;
    this.#clear();
    if (this.#isCorked) this.#uncork();
  }

  #isFull(length: number): boolean {
    const waiting = this.#waitingBytes;
    this.#freeBytes = Math.min(this.#freeBytes, waiting);
    return waiting > 0 && waiting + length > this.#maxBytes + this.#freeBytes;
  }

  get #waitingBytes(): number {
    return this.#queuedBytes + this.#socket.writableLength;
  }

  #enqueue(wire: Buffer, line: Line): void {
    if (this.#first === undefined) {
      this.#first = wire;
      flushAtEndOfTick(this, line);
    } else if (this.#queue) this.#queue.push(wire);
    else this.#queue = [this.#first, wire];
    this.#queuedBytes += wire.length;
    if (this.#queuedBytes > EARLY_BYTES && this.#queue) this.flush();
  }

  #uncork(): void {
    this.#isCorked = false;
    this.#socket.uncork();
  }

  #clear(): void {
    this.#first = undefined;
    this.#queue = undefined;
    this.#queuedBytes = 0;
    this.#isAnswering = false;
  }
}

/** Writers that wait for their turn. */
class Line {
  #writers: Writer[] = [];
  #done = 0;

  get isWaiting(): boolean {
    return this.#writers.length > 0;
  }

  add(writer: Writer): void {
    this.#writers.push(writer);
  }

  /** @param until on the clock of `performance.now()` */
  flush(until: number): void {
    const writers = this.#writers;
    while (this.#done < writers.length) {
      if (this.#done % WRITES_A_LOOK === WRITES_A_LOOK - 1 && performance.now() > until) return;
      (writers[this.#done++] as Writer).flush();
    }
    this.#writers = [];
    this.#done = 0;
  }
}

/** Those to be written to, each in the order in which they came: first who has asked for something. */
const answering = new Line();
const telling = new Line();
let isArranged = false;

/** One immediate for all writers of a tick: it runs when every socket that was ready has been read. */
function flushAtEndOfTick(writer: Writer, line: Line): void {
  line.add(writer);
  if (!isArranged) setImmediate(flushAll);
  isArranged = true;
}

function flushAll(): void {
  answering.flush(Number.POSITIVE_INFINITY);
  telling.flush(performance.now() + SLICE_MS);
  isArranged = telling.isWaiting;
  if (isArranged) {
    setImmediate(flushAll);
  } else {
    lastQueue = [];
    lastJoined = NOTHING;
  }
}

const NOTHING = Buffer.alloc(0);
let lastQueue: readonly Buffer[] = [];
let lastJoined = NOTHING;

/** The frames as one buffer. In a burst most members of a room get the same frames, so the last one is kept. */
function joined(queue: readonly Buffer[]): Buffer {
  const isSame = queue.length === lastQueue.length && queue.every((wire, i) => wire === lastQueue[i]);
  if (!isSame) {
    lastQueue = queue;
    lastJoined = Buffer.concat(queue);
  }
  return lastJoined;
}
