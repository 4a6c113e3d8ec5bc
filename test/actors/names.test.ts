import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Names } from '../../src/actors/names.ts';
import { codePoints, foldName, isReserved } from '../../src/protocol/names.ts';
import { anyText } from '../protocol/any-text.ts';

const raw = fc.oneof(
  fc.constantFrom('Ann', 'ann', 'ANN', 'Straße', 'STRASSE', 'x'.repeat(20), 'system', ''),
  anyText,
);
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the names', () => {
  it('gives every newcomer a name that nobody has, of 2 to 20 code points', () => {
    fc.assert(
      fc.property(fc.array(raw, { maxLength: 40 }), fc.infiniteStream(random), (wishes, numbers) => {
        const names = new Names(() => numbers.next().value ?? 0);
        const taken = new Set<string>();
        for (const [i, wish] of wishes.entries()) {
          const name = names.assigned(wish);
          expect(codePoints(name)).toBeGreaterThanOrEqual(2);
          expect(codePoints(name)).toBeLessThanOrEqual(20);
          expect(taken).not.toContain(foldName(name));
          expect(isReserved(name)).toBe(false);
          names.hold(`u${i}`, [name]);
          taken.add(foldName(name));
        }
      }),
    );
  });

  it('finds one for each of thousands who want the same', () => {
    const names = new Names(Math.random);
    for (let i = 0; i < 5_000; i++) names.hold(`u${i}`, [names.assigned('x'.repeat(20))]);
    expect(names.holder('x'.repeat(20))).toBe('u0');
  });

  it('agrees with a map by the name in lower case', () => {
    const user = fc.constantFrom('u1', 'u2', 'u3');
    const some = ['Ann', 'ann', 'ANN', 'Bob', 'bob', 'Zoë', 'ZOË'];
    const change = fc.record({ user, wished: fc.array(fc.constantFrom(...some), { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const names = new Names(() => 0.5);
        const model = new Map<string, string>();
        for (const { user, wished } of changes) {
          const free = wished.filter((name) => names.isFreeFor(user, name));
          names.hold(user, free);
          for (const [name, holder] of model) if (holder === user) model.delete(name);
          for (const name of free) model.set(name.toLowerCase(), user);
          for (const name of some) {
            const holder = model.get(name.toLowerCase());
            expect(names.holder(name)).toBe(holder);
            expect(names.isFreeFor(user, name)).toBe((holder ?? user) === user);
          }
        }
      }),
    );
  });

  it('counts up at first', () => {
    const names = new Names(() => 0);
    names.hold('u1', ['Ann']);
    names.hold('u2', [names.assigned('Ann')]);
    expect(names.holder('ann2')).toBe('u2');
    expect(names.assigned('ANN')).toBe('ANN3');
  });

  it('takes User and four digits for what is too short', () => {
    expect(new Names(() => 0).wished('')).toBe('User1000');
    expect(new Names(() => 0.999_999).wished('A')).toBe('User9999');
    expect(new Names(() => 0).wished('Al')).toBe('Al');
  });

  it('tries two digits behind nine, and one more after every four tries', () => {
    const drawn: number[] = [];
    const names = new Names(() => {
      drawn.push(0);
      return 0;
    });
    for (const number of ['', ...Array(8).keys()]) {
      names.hold(`u${number}`, [number === '' ? 'Ann' : `Ann${Number(number) + 2}`]);
    }
    expect(names.assigned('Ann')).toBe('Ann10');
    names.hold('u10', ['Ann10']);
    drawn.length = 0;
    expect(names.assigned('Ann')).toBe('Ann100');
    expect(drawn).toHaveLength(5);
    names.hold('u100', ['Ann100']);
    drawn.length = 0;
    expect(names.assigned('Ann')).toBe('Ann1000');
    expect(drawn).toHaveLength(9);
    const other = new Names(() => 0.5);
    for (const name of ['Ann', 'Ann2', 'Ann3', 'Ann4', 'Ann5', 'Ann6', 'Ann7', 'Ann8', 'Ann9']) {
      other.hold(name, [name]);
    }
    expect(other.assigned('Ann')).toBe('Ann55');
  });

  it('is free to its bearer in any case, to nobody else, and to nobody when reserved', () => {
    const names = new Names(() => 0);
    names.hold('u1', ['Ann']);
    expect(names.isFreeFor('u1', 'ANN')).toBe(true);
    expect(names.isFreeFor('u2', 'ANN')).toBe(false);
    expect(names.isFreeFor('u1', 'System')).toBe(false);
  });

  it('are all free again when their bearer is gone, and only theirs', () => {
    const names = new Names(() => 0);
    names.hold('u1', ['Ann', 'Zoe']);
    names.hold('u2', ['Bob']);
    names.release('u1');
    expect([names.holder('Ann'), names.holder('Zoe'), names.holder('Bob')]).toEqual([
      undefined,
      undefined,
      'u2',
    ]);
  });
});
