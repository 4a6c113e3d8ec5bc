import type { Duplex } from 'node:stream';
import { Outbox } from '../../src/actors/outbox.ts';
import { encode } from '../../src/protocol/encode.ts';
import { toWire } from '../../src/transport/wire.ts';
import { Writer } from '../../src/transport/writer.ts';

const socket = { writableLength: 0, write() {} } as unknown as Duplex;
const frame = encode({ type: 'typing', room: 'general', user: 'Ann', typing: true });
const wire = toWire(frame);
const writers = Array.from({ length: 500 }, () => new Writer(socket, 1_048_576));

const outboxes = writers.map((writer) => {
  const outbox = new Outbox();
  outbox.add({
    secret: '',
    isClosed: false,
    send: (each) => void writer.push(toWire(each)),
    answer() {},
    close() {},
  });
  return outbox;
});

/** To a socket that takes everything at no cost. */
export const writing = {
  'writer: one frame': () => {
    const [writer] = writers;
    writer?.push(wire);
    writer?.flush();
  },
  'outbox: one frame to 500': () => {
    for (const outbox of outboxes) outbox.send(frame);
    for (const writer of writers) writer.flush();
  },
};
