import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROOM_NAME_MAX, USER_NAME_MAX } from '../../src/protocol/limits.ts';
import {
  codePoints,
  compareNames,
  cut,
  foldName,
  isReserved,
  isTooShort,
  normalizeUserName,
  numbered,
  parseRoomName,
} from '../../src/protocol/names.ts';
import { anyText } from './any-text.ts';

const ALLOWED = /^[\p{L}\p{M}\p{Nd}_-]*$/u;
const RUNS = { numRuns: 2_000 };

describe('a user name', () => {
  it('has only what names may have, and at most 20 code points, whatever was asked for', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const name = normalizeUserName(raw);
        expect(name).toMatch(ALLOWED);
        expect(codePoints(name)).toBeLessThanOrEqual(USER_NAME_MAX);
        expect(name.isWellFormed()).toBe(true);
        expect(name.normalize('NFKC')).toBe(name);
      }),
      RUNS,
    );
  });

  it('is its own written form', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const name = normalizeUserName(raw);
        expect(normalizeUserName(name)).toBe(name);
      }),
      RUNS,
    );
  });

  it('is cut behind the 20th code point, however much there was', () => {
    expect(normalizeUserName('𐐷'.repeat(30_000))).toBe('𐐷'.repeat(20));
    expect(normalizeUserName(`${'a'.repeat(19)}𐐷b`)).toBe(`${'a'.repeat(19)}𐐷`);
  });

  it('is too short below two code points, not units', () => {
    expect(['', 'a', '𐐷', 'ab', '𐐷𐐷'].map(isTooShort)).toEqual([true, true, true, false, false]);
  });

  it('takes digits at its end within the 20', () => {
    fc.assert(
      fc.property(anyText, fc.stringMatching(/^[0-9]{1,12}$/), (raw, digits) => {
        const name = numbered(normalizeUserName(raw), digits);
        expect(name.endsWith(digits)).toBe(true);
        expect(codePoints(name)).toBeLessThanOrEqual(USER_NAME_MAX);
        expect(normalizeUserName(name)).toBe(name);
      }),
      RUNS,
    );
  });

  it('is never that of the server, in any writing', () => {
    expect(['system', 'SYSTEM', 'SyStEm', 'ſyſtem'].map(isReserved)).toEqual([true, true, true, true]);
    expect(['systems', 'syste', 'ѕystem'].map(isReserved)).toEqual([false, false, false]);
  });
});

describe('the key of a name', () => {
  it('is the same in upper and in lower case', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const name = normalizeUserName(raw);
        expect(foldName(name.toUpperCase())).toBe(foldName(name));
        expect(foldName(name.toLowerCase())).toBe(foldName(name));
      }),
      RUNS,
    );
  });

  it('is the same for each letter there is, whatever its case', () => {
    const differing: string[] = [];
    for (let point = 0; point <= 0x10ffff; point++) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const name = normalizeUserName(String.fromCodePoint(point));
      const key = foldName(name);
      if (key !== foldName(name.toLowerCase()) || key !== foldName(name.toUpperCase())) differing.push(name);
    }
    expect(differing).toEqual([]);
  });

  it.each([
    ['Straße', 'STRASSE'],
    ['Straße', 'STRAẞE'],
    ['Ὀδυσσεύς', 'ὈΔΥΣΣΕΎΣ'],
    ['Дмитрий', 'ДМИТРИЙ'],
    ['ﬁne'.normalize('NFKC'), 'FINE'],
  ])('makes %s and %s one name', (one, other) => {
    expect(foldName(one)).toBe(foldName(other));
  });

  it('tells names apart that differ in more than case', () => {
    expect(foldName('Ann')).not.toBe(foldName('Ánn'));
    expect(foldName('a_b')).not.toBe(foldName('a-b'));
  });
});

describe('a room name', () => {
  it('has only what names may have, no upper case, 2 to 30 code points, or is refused', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const result = parseRoomName(raw);
        if (!result.ok) {
          expect(result.mistake.code).toBe('bad_name');
          return;
        }
        expect(result.value).toMatch(ALLOWED);
        expect(result.value.toLowerCase()).toBe(result.value);
        expect(codePoints(result.value)).toBeGreaterThanOrEqual(2);
        expect(codePoints(result.value)).toBeLessThanOrEqual(ROOM_NAME_MAX);
        expect(result.value).toMatch(/[\p{L}\p{Nd}]/u);
      }),
      RUNS,
    );
  });

  it('is its own written form, so that a list of rooms can be walked', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const result = parseRoomName(raw);
        if (result.ok) expect(parseRoomName(result.value)).toEqual(result);
      }),
      RUNS,
    );
  });

  it('is its own written form for each character there is', () => {
    const restless: string[] = [];
    for (let point = 0; point <= 0x10ffff; point++) {
      const once = parseRoomName(`a${String.fromCodePoint(point)}b`);
      const twice = parseRoomName(once.ok ? once.value : '');
      if (!once.ok || !twice.ok || once.value !== twice.value) restless.push(point.toString(16));
    }
    expect(restless).toEqual([]);
  });

  it.each([
    ['', 'is empty'],
    ['a', 'has one character'],
    ['𐐷', 'has one character of two units'],
    ['--', 'has no letter or digit'],
    ['😀😀', 'has no letter or digit'],
  ])('%j is refused: it %s', (raw) => {
    expect(parseRoomName(raw)).toMatchObject({ ok: false, mistake: { code: 'bad_name' } });
  });

  it.each([
    ['General', 'general'],
    ['The Attic', 'the_attic'],
    ['ÜBER', 'über'],
    ['ＡＢ', 'ab'],
    ['x'.repeat(31), 'x'.repeat(30)],
    ['__proto__', '__proto__'],
    ['a/../b', 'a____b'],
  ])('%j becomes %j', (raw, name) => {
    expect(parseRoomName(raw)).toEqual({ ok: true, value: name });
  });
});

describe('cut', () => {
  it('keeps so many code points from the beginning, as taking them one by one does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), fc.nat(60), (text, max) => {
        expect(cut(text, max)).toBe([...text].slice(0, max).join(''));
        expect(codePoints(text)).toBe([...text].length);
      }),
      RUNS,
    );
  });
});

describe('the order of names', () => {
  it('is the one that sort has by itself', () => {
    fc.assert(
      fc.property(fc.array(anyText), (names) => {
        expect([...names].sort(compareNames)).toEqual([...names].sort());
      }),
    );
  });

  it('has equal names in the same place', () => {
    expect([compareNames('a', 'b'), compareNames('b', 'a'), compareNames('a', 'a')]).toEqual([-1, 1, 0]);
  });
});
