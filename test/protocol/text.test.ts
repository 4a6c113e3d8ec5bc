import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseText } from '../../src/protocol/text.ts';
import { anyText } from './any-text.ts';

describe('a text', () => {
  it('is taken as it is but for the space around it, or refused', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 50 }), (raw, max) => {
        const result = parseText(raw, max);
        const text = raw.trim();
        if (!result.ok) {
          expect(['empty', 'too_long', 'bad_text']).toContain(result.mistake.code);
          return;
        }
        expect(result.value).toBe(text);
        expect([...text].length).toBeLessThanOrEqual(max);
        expect(text.isWellFormed()).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['', 'empty'],
    [' \n\t ', 'empty'],
    ['\u3000\ufeff', 'empty'],
    ['x'.repeat(11), 'too_long'],
    ['a\u0000b', 'bad_text'],
    ['a\u0008b', 'bad_text'],
    ['a\u000bb', 'bad_text'],
    ['a\u001bb', 'bad_text'],
    ['a\u001fb', 'bad_text'],
    ['a\rb', 'bad_text'],
    ['a\u007fb', 'bad_text'],
    ['a\u0080b', 'bad_text'],
    ['a\u0085b', 'bad_text'],
    ['a\u009fb', 'bad_text'],
    ['a\ud800', 'bad_text'],
    ['\udc00a', 'bad_text'],
  ])('%j is refused as %s', (raw, code) => {
    expect(parseText(raw, 10)).toMatchObject({ ok: false, mistake: { code } });
  });

  it.each([
    ['   ', 'Text is empty'],
    ['x'.repeat(11), 'Text is too long: at most 10 characters'],
    ['a\u0000b', 'Text has control characters'],
    ['a\ud800', 'Text has half a character'],
  ])('%j is refused in words', (raw, message) => {
    expect(parseText(raw, 10)).toMatchObject({ ok: false, mistake: { message } });
  });

  it.each([
    'a\tb\nc',
    '𐐷'.repeat(10),
    `  ${'x'.repeat(10)}  `,
    '\u202eevil',
    'a b~\u00a0c',
    '👨‍👩‍👧',
    'null',
  ])('%j is taken', (raw) => {
    expect(parseText(raw, 10)).toEqual({ ok: true, value: raw.trim() });
  });
});
