import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Asker, type Connection } from '../../src/actors/connection.ts';
import { viewOf } from '../../src/inspect/view.ts';

it('shows maps and sets as one would write them', () => {
  expect(viewOf(new Map([['general', { users: 2 }]]))).toEqual({ general: { users: 2 } });
  expect(viewOf(new Map([[1, 'one']]))).toEqual([[1, 'one']]);
  expect(viewOf(new Set(['a', new Set(['b'])]))).toEqual(['a', ['b']]);
});

it('shows functions, errors, numbers and instances by what they are called', () => {
  class Ledger {
    acks = ['not walked'];
  }
  const shown = viewOf({
    now: function now() {},
    error: new TypeError('bad'),
    big: 5n,
    never: Number.NaN,
    ledger: new Ledger(),
  });
  expect(shown).toEqual({
    now: 'ƒ now',
    error: 'TypeError: bad',
    big: '5',
    never: 'NaN',
    ledger: '‹Ledger›',
  });
});

it('shows other actors by name, and of a client only what it asked under', () => {
  const room = { name: 'room:attic', title: 'room:attic', send: () => {} };
  const connection = { secret: 'hush' } as unknown as Connection;
  expect(viewOf({ room, asker: new Asker(connection, 'r1') })).toEqual({
    room: '→ room:attic',
    asker: { ref: 'r1' },
  });
});

it('hides what is secret under whatever it lies', () => {
  const shown = JSON.stringify(
    viewOf([{ session_id: 'hush' }, new Map([['secret', 'hush']]), { deep: { Token: ['hush'] } }]),
  );
  expect(shown).not.toContain('hush');
});

it('cuts what is long, deep, wide or circular, with a mark', () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  expect(viewOf(circle)).toEqual({ self: '(circle)' });
  expect(viewOf('x'.repeat(5_000))).toBe(`${'x'.repeat(2_000)}… (5000 characters)`);
  expect((viewOf(Array.from({ length: 500 }, (_, i) => i)) as unknown[]).at(-1)).toBe('… 400 more');
  const wide = viewOf(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i]))) as object;
  expect(Object.keys(wide)).toHaveLength(101);
  let deep: unknown = 'bottom';
  for (let i = 0; i < 50; i++) deep = { deep };
  expect(JSON.stringify(viewOf(deep))).toContain('…');
  const many = viewOf(Array.from({ length: 100 }, () => Array(100).fill('x'.repeat(100))));
  expect(JSON.stringify(many).length).toBeLessThan(500_000);
});

it('shows the same object twice where it is there twice', () => {
  const name = { text: 'Ann' };
  expect(viewOf({ from: name, to: name })).toEqual({ from: { text: 'Ann' }, to: { text: 'Ann' } });
});

it('never throws, and what it gives is JSON, whatever it is given', () => {
  const hostile = {
    get trap(): never {
      throw new Error('planted');
    },
  };
  expect(viewOf(hostile)).toBe('(cannot be shown: planted)');
  expect(viewOf({ toJSON: () => 5n })).toBe('5');
  fc.assert(
    fc.property(
      fc.anything({
        withMap: true,
        withSet: true,
        withDate: true,
        withBigInt: true,
        withTypedArray: true,
        withNullPrototype: true,
        withSparseArray: true,
      }),
      (value) => {
        const shown = viewOf(value);
        expect(JSON.parse(JSON.stringify(shown) ?? 'null')).toBeDefined();
      },
    ),
  );
});

it.each(['secret', 'session_id', 'digest', 'token', 'cookie', 'authorization', 'password'])(
  'hides what lies under %s, whatever it is',
  (key) => {
    expect(viewOf({ [key]: 'hush', list: [{ [key]: { deep: 'hush' } }] })).toEqual({
      [key]: '(hidden)',
      list: [{ [key]: '(hidden)' }],
    });
  },
);

it('says how much of a map it leaves out', () => {
  const shown = viewOf(new Map(Array.from({ length: 500 }, (_, i) => [`room${i}`, i]))) as object;
  expect(Object.entries(shown)).toHaveLength(101);
  expect(shown).toMatchObject({ room99: 99, '…': '400 more' });
});

it('shows what lies under any name that a room may have', () => {
  const shown = viewOf(new Map([['__proto__', { users: 2 }]]));
  expect(JSON.stringify(shown)).toBe('{"__proto__":{"users":2}}');
});
