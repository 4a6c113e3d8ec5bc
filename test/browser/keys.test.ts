import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRoomName } from '../../src/protocol/names.ts';

// The page's modules are checked apart from the server's, and by a compiler that knows a browser.
const { roomKeyOf }: { roomKeyOf(raw: string): string } = await import(
  new URL('../../public/conversations/conversations.js', import.meta.url).href
);

test.each([
  'General',
  'My Room',
  'ＡＴＴＩＣ',
  'İstanbul',
  'a/b?c',
  'x'.repeat(40),
  '😀😀',
  'ﬁle',
  'Été',
  '@Bob',
])('knows the room that is called %j by the name that the server gives it', (name) => {
  const parsed = parseRoomName(name);
  if (parsed.ok) expect(roomKeyOf(name)).toBe(parsed.value);
});

test('does so with any name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      const parsed = parseRoomName(name);
      fc.pre(parsed.ok);
      if (parsed.ok) expect(roomKeyOf(name)).toBe(parsed.value);
    }),
  );
});
