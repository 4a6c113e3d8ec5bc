import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode, utf8Bytes } from '../../src/protocol/encode.ts';
import { anyText } from './any-text.ts';

describe('the bytes of a text', () => {
  it('are counted as they are written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('are counted in JSON of anything, halves of characters too', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const json = JSON.stringify({ text });
        expect(utf8Bytes(json)).toBe(Buffer.byteLength(json));
      }),
      { numRuns: 2_000 },
    );
  });

  it('are right at the borders of one, two, three and four', () => {
    for (const point of [0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff]) {
      const text = String.fromCodePoint(point);
      expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
    }
  });
});

it('encodes a frame as JSON, with nothing framed yet', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const frame = { type: 'system', room: 'general', text } as const;
      const { json, wire } = encode(frame);
      expect(JSON.parse(json)).toEqual(frame);
      expect(wire).toBeUndefined();
    }),
  );
});
