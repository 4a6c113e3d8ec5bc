import { describe, expect, it } from 'vitest';
import type { EncodedFrame } from '../../src/protocol/encode.ts';
import { tailToWire, toWire } from '../../src/transport/wire.ts';
import { startServer } from '../support/server.ts';

// Where the header of a frame changes its form.
const LENGTHS = [124, 125, 126, 127, 128, 65_534, 65_535, 65_536];

describe('a frame', () => {
  it.each(LENGTHS)('of %i bytes arrives whole', async (length) => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const ts = 'x'.repeat(length - JSON.stringify({ type: 'pong', ts: '' }).length);
    ann.send({ type: 'ping', ts });
    expect(await ann.next('pong', { ts })).toEqual({ type: 'pong', ts });
    await ann.say('general', 'what follows it too');
  });

  // RFC 6455, section 5.2: the fewest bytes that hold it, or a strict client closes.
  it.each([
    [125, 2],
    [126, 4],
    [65_535, 4],
    [65_536, 10],
  ])('of %i bytes says so in a header of %i', (length, header) => {
    expect(toWire({ json: 'x'.repeat(length), wire: undefined })).toHaveLength(header + length);
  });

  it('with a tail has the length of both, and shares the bytes of the tail', () => {
    const tail = { json: '"ö"}', wire: undefined };
    const [one, two] = ['{"a":', '{"b":'].map((json) => ({ json, tail, wire: undefined }));
    const [head, end] = [toWire(one as EncodedFrame), tailToWire(one as EncodedFrame)];
    expect([...head.subarray(0, 2)]).toEqual([0x81, head.length - 2 + (end?.length ?? 0)]);
    expect(`${head.subarray(2)}${end}`).toBe('{"a":"ö"}');
    expect(tailToWire(two as EncodedFrame)).toBe(end);
  });

  it('is framed once, however often it is sent', () => {
    const frame = { json: '{}', wire: undefined };
    expect(toWire(frame)).toBe(toWire(frame));
  });
});
