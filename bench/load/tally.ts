import { Samples } from './samples.ts';
import { MARK, NUMBER, ROOM, readDigits, SENT_AT } from './texts.ts';

/** What a tally keeps of each receiver: by room, the number of the message that must come next. */
export type Progress = Map<number, number>;

/**
 * Counts the frames of one type that all receivers together get, and looks that each gets every message of a room
 * once and in order.
 */
export class Tally {
  /** Milliseconds on the clock of `performance.now()`. */
  lastReadAt = 0;
  /** All bytes of frames read, whatever they were. */
  bytes = 0;
  /** From the sending of a message, or the beginning of the wait, to the reading of each frame; milliseconds. */
  readonly latencies = new Samples();
  #wanted: Buffer = MESSAGE;
  #since = 0;
  #taken = 0;
  #expected = 0;
  #markAt = 0;
  #complete: (() => void) | undefined;
  #reject: (error: Error) => void = () => {};
  /** Rejects on the first thing that goes wrong; never resolves. */
  readonly failed = new Promise<never>((_, reject) => {
    this.#reject = reject;
  });

  constructor() {
    // It may go wrong while nobody waits; whoever waits next is told.
    this.failed.catch(() => {});
  }

  /** Resolves when so many frames of that type have come, from now on. */
  expect(type: string, frames: number): Promise<void> {
    this.#wanted = token(type);
    this.#since = performance.now();
    this.#taken = 0;
    this.#expected = frames;
    return new Promise((resolve) => {
      this.#complete = resolve;
      if (frames === 0) resolve();
    });
  }

  get missing(): number {
    return this.#expected - this.#taken;
  }

  /**
   * @param start where the payload begins
   * @param type where the name of its type begins
   */
  take(bytes: Buffer, start: number, type: number, end: number, progress: Progress, now: number): void {
    this.bytes += end - start;
    if (!matches(bytes, type, this.#wanted)) {
      if (matches(bytes, type, ERROR)) this.fail(`the server refused: ${bytes.toString('utf8', start, end)}`);
      return;
    }
    const sentAt = this.#wanted === MESSAGE ? this.#takeMessage(bytes, start, end, progress) : this.#since;
    this.latencies.add(now - sentAt);
    this.#taken += 1;
    if (this.#taken === this.#expected) this.#complete?.();
    if (this.#taken > this.#expected) this.fail('more came than was due');
  }

  fail(problem: string): void {
    this.#reject(new Error(problem));
  }

  /** @returns when it was sent */
  #takeMessage(bytes: Buffer, start: number, end: number, progress: Progress): number {
    // The mark is where the last one was, unless names are of another length.
    if (bytes[start + this.#markAt] !== MARK) this.#markAt = bytes.indexOf(MARK, start) - start;
    const at = start + this.#markAt;
    if (at < start || at >= end) this.fail(`not a message of ours: ${bytes.toString('utf8', start, end)}`);
    const room = readDigits(bytes, at, ROOM);
    const number = readDigits(bytes, at, NUMBER);
    const due = progress.get(room) ?? 0;
    if (number !== due) this.fail(`in room ${room} message ${number} came where ${due} was due`);
    progress.set(room, due + 1);
    return readDigits(bytes, at, SENT_AT) / 1000;
  }
}

const tokens = new Map<string, Buffer>();
const MESSAGE = token('message');
const ERROR = token('error');

/** A type's name as it stands in a frame, with the quote behind it. */
function token(type: string): Buffer {
  const known = tokens.get(type) ?? Buffer.from(`${type}"`);
  tokens.set(type, known);
  return known;
}

function matches(bytes: Buffer, at: number, wanted: Buffer): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}
