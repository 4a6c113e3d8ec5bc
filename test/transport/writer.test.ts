import { type Duplex, PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Writer } from '../../src/transport/writer.ts';

const MAX_BYTES = 64 * 1024;

/** A socket whose reader takes up to so many bytes at once, and no more until it is told to read. */
class StubSocket {
  writableLength = 0;
  room: number;

  constructor(room = 0) {
    this.room = room;
  }

  write(bytes: Buffer): void {
    // Like a net.Socket: what the kernel takes is gone when this returns, unless something waits already.
    const taken = this.writableLength === 0 ? Math.min(this.room, bytes.length) : 0;
    this.room -= taken;
    this.writableLength += bytes.length - taken;
  }

  read(bytes: number): void {
    this.writableLength -= bytes;
  }
}

function writerTo(socket: StubSocket): Writer {
  return new Writer(socket as unknown as Duplex, MAX_BYTES);
}

/** @returns the bytes that it takes of others until it is full */
function filled(writer: Writer, frame = Buffer.alloc(1_000)): number {
  let bytes = 0;
  while (bytes < 100 * MAX_BYTES && writer.push(frame)) bytes += frame.length;
  return bytes;
}

describe('a queue', () => {
  it('takes what others send up to its limit', () => {
    const writer = writerTo(new StubSocket());
    expect(filled(writer)).toBeGreaterThan(MAX_BYTES - 1_000);
    expect(writer.push(Buffer.alloc(1_000))).toBe(false);
  });

  it('does not count the answers that wait', () => {
    const socket = new StubSocket();
    const writer = writerTo(socket);
    writer.pushAnswer(Buffer.alloc(10 * MAX_BYTES));
    expect(filled(writer)).toBeGreaterThan(MAX_BYTES - 1_000);
  });

  it('counts an answer as read once fewer bytes wait than it had', () => {
    const socket = new StubSocket();
    const writer = writerTo(socket);
    for (let i = 0; i < 1_000; i++) {
      writer.pushAnswer(Buffer.alloc(MAX_BYTES));
      writer.flush();
      socket.read(socket.writableLength - 1);
    }
    // One frame that finds hardly anything waiting may be counted like an answer.
    expect(filled(writer)).toBeLessThanOrEqual(MAX_BYTES + 1_000);
  });

  it('takes one frame of any size when nothing waits, and all that may follow it', () => {
    const writer = writerTo(new StubSocket());
    expect(writer.push(Buffer.alloc(5 * MAX_BYTES))).toBe(true);
    expect(filled(writer)).toBeGreaterThan(MAX_BYTES - 1_000);
  });

  it('takes frames of any size from a tick whose reader takes them all', () => {
    const writer = writerTo(new StubSocket(100 * MAX_BYTES));
    for (const size of [100, 5 * MAX_BYTES, 100, 3 * MAX_BYTES, 1_000]) {
      expect(writer.push(Buffer.alloc(size))).toBe(true);
    }
  });

  it('takes a frame and its tail together or not at all', () => {
    const writer = writerTo(new StubSocket());
    expect(writer.push(Buffer.alloc(100), Buffer.alloc(5 * MAX_BYTES))).toBe(true);
    expect(writer.push(Buffer.alloc(100), Buffer.alloc(2 * MAX_BYTES))).toBe(false);
    expect(filled(writer)).toBeGreaterThan(MAX_BYTES - 1_000);
  });

  it('does not count the tail of an answer', () => {
    const writer = writerTo(new StubSocket());
    writer.pushAnswer(Buffer.alloc(100), Buffer.alloc(10 * MAX_BYTES));
    expect(filled(writer)).toBeGreaterThan(MAX_BYTES - 1_000);
  });

  it('takes no large frame while an earlier one waits', () => {
    const writer = writerTo(new StubSocket());
    expect(writer.push(Buffer.alloc(100))).toBe(true);
    writer.flush();
    expect(writer.push(Buffer.alloc(2 * MAX_BYTES))).toBe(false);
  });

  it('takes all that may follow a large frame which goes out behind what its reader took', () => {
    const writer = writerTo(new StubSocket(1_000));
    expect(writer.push(Buffer.alloc(1_000))).toBe(true);
    expect(writer.push(Buffer.alloc(5 * MAX_BYTES))).toBe(true);
    expect(filled(writer)).toBeGreaterThan(MAX_BYTES - 1_000);
  });

  it('counts a frame that waits behind the rest of its tick', () => {
    const writer = writerTo(new StubSocket(MAX_BYTES - 5_000));
    for (const size of [1_000, MAX_BYTES - 5_000, MAX_BYTES - 5_000]) {
      expect(writer.push(Buffer.alloc(size))).toBe(true);
    }
    expect(filled(writer)).toBeLessThanOrEqual(5_000);
  });

  it('has its limit also for who asks for a little now and then', () => {
    const writer = writerTo(new StubSocket());
    let bytes = 0;
    while (bytes < 10 * MAX_BYTES && writer.push(Buffer.alloc(1_000))) {
      bytes += 1_000;
      writer.pushAnswer(Buffer.alloc(10));
    }
    expect(bytes).toBeLessThanOrEqual(MAX_BYTES + 2_000);
  });

  it('is given to the socket within the tick when it grows long', () => {
    const socket = new StubSocket();
    const writer = writerTo(socket);
    writer.push(Buffer.alloc(40 * 1024));
    expect(socket.writableLength).toBe(0);
    writer.pushAnswer(Buffer.alloc(40 * 1024));
    expect(socket.writableLength).toBe(80 * 1024);
  });

  it('takes nothing more once it has been stopped, and closes nobody for that', async () => {
    const socket = new StubSocket();
    const writer = writerTo(socket);
    writer.push(Buffer.alloc(10));
    writer.stop();
    expect(writer.push(Buffer.alloc(10))).toBe(true);
    writer.pushAnswer(Buffer.alloc(10));
    await turn();
    expect(socket.writableLength).toBe(0);
  });
});

/** A writer to a socket that notes what it is given. */
function notingWriter(note: (bytes: string) => void): Writer {
  const write = (bytes: Buffer) => note(bytes.toString());
  return new Writer({ writableLength: 0, writableCorked: 0, write } as unknown as Duplex, MAX_BYTES);
}

describe('a tick', () => {
  it('begins with the answers, and what is told to who has asked goes with them', async () => {
    const written: string[] = [];
    const [one, other] = ['one', 'other'].map((name) =>
      notingWriter((bytes) => written.push(`${name}: ${bytes}`)),
    );
    // The second tick as the first.
    for (let i = 0; i < 2; i++) {
      one?.push(Buffer.from('told'));
      other?.push(Buffer.from('told, '));
      other?.pushAnswer(Buffer.from('answ'), Buffer.from('ered'));
      await turn();
      expect(written.splice(0)).toEqual(['other: told, answered', 'one: told']);
    }
  });

  it('brings nobody what only others are told behind the same', async () => {
    const [one, other]: string[][] = [[], []];
    const frames = ['to both; ', 'to both too; ', 'to one'].map((text) => Buffer.from(text));
    const writers = [one, other].map((written) => notingWriter((bytes) => written?.push(bytes)));
    for (const frame of frames) writers[0]?.push(frame);
    for (const frame of frames.slice(0, 2)) writers[1]?.push(frame);
    await turn();
    expect([one, other]).toEqual([['to both; to both too; to one'], ['to both; to both too; ']]);
  });
});

describe('many at once', () => {
  const MANY = 100;

  /** A socket that notes when it is written to, and takes a while for it. */
  function slowWriter(written: string[], name: string): Writer {
    const write = () => {
      const until = performance.now() + 1;
      while (performance.now() < until);
      written.push(name);
    };
    return new Writer({ writableLength: 0, writableCorked: 0, write } as unknown as Duplex, MAX_BYTES);
  }

  it('are written to in turn, and who asks meanwhile is answered in between, with all that waits for them', async () => {
    const written: string[] = [];
    const writers = Array.from({ length: MANY }, (_, i) => slowWriter(written, `told ${i}`));
    for (const writer of writers) writer.push(Buffer.alloc(10));
    await turn();
    expect(written.length).toBeLessThan(MANY / 2);
    const last = writers.at(-1) as Writer;
    last.pushAnswer(Buffer.alloc(10));
    last.pushAnswer(Buffer.alloc(10));
    const other = slowWriter(written, 'answered');
    other.pushAnswer(Buffer.alloc(10));
    while (written.length <= MANY) await turn();
    expect(written.indexOf('answered')).toBeLessThan(MANY / 2 + 10);
    expect(written[written.indexOf('answered') - 1]).toBe(`told ${MANY - 1}`);
    const others = written.filter((name) => name !== 'answered' && name !== `told ${MANY - 1}`);
    expect(others).toEqual(Array.from({ length: MANY - 1 }, (_, i) => `told ${i}`));
  });
});

describe('a socket whose upgrade is not yet answered', () => {
  function corkedSocket() {
    const socket = new PassThrough();
    const chunks: string[] = [];
    socket.cork();
    socket.write('HTTP/1.1 101\r\n\r\n');
    socket.on('data', (chunk) => chunks.push(chunk.toString()));
    return { socket, chunks };
  }

  it('gets the answer and the first frames together', async () => {
    const { socket, chunks } = corkedSocket();
    const writer = new Writer(socket, MAX_BYTES);
    writer.pushAnswer(Buffer.from('hello'));
    writer.push(Buffer.from(', '), Buffer.from('you'));
    expect(socket.writableCorked).toBe(1);
    writer.flush();
    await expect.poll(() => chunks.join('')).toBe('HTTP/1.1 101\r\n\r\nhello, you');
  });

  it('gets the answer also when nothing is to be sent any more', async () => {
    for (const end of ['flush', 'stop'] as const) {
      const { socket, chunks } = corkedSocket();
      new Writer(socket, MAX_BYTES)[end]();
      await expect.poll(() => chunks.join('')).toBe('HTTP/1.1 101\r\n\r\n');
    }
  });
});
