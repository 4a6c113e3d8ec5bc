import { expect, it } from 'vitest';
import { changesBetween } from '../../public/inspector/record/changes.js';

const told = (before: unknown, after: unknown) =>
  changesBetween(before, after).map(({ path, kind, from, to }) => [kind, path.join('.'), from, to]);

it('says nothing when nothing changed', () => {
  expect(told({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
});

it('names the innermost that was added, removed or changed', () => {
  expect(told({ a: 1, b: { c: 'x', d: 2 }, e: 3 }, { a: 1, b: { c: 'y', d: 2, f: null } })).toEqual([
    ['changed', 'b.c', 'x', 'y'],
    ['added', 'b.f', undefined, null],
    ['removed', 'e', 3, undefined],
  ]);
});

it('does not call every item of a list changed when the first one goes', () => {
  expect(told([1, 2, 3, 4], [2, 3, 4, 5])).toEqual([
    ['changed', '0', 1, 2],
    ['changed', '1', 2, 3],
    ['changed', '2', 3, 4],
    ['changed', '3', 4, 5],
  ]);
  expect(told(['a', 'b', 'c'], ['b', 'c'])).toEqual([['removed', '0', 'a', undefined]]);
  expect(told(['a', 'b'], ['a', 'b', 'c'])).toEqual([['added', '2', undefined, 'c']]);
});

it('tells when one kind of thing became another', () => {
  expect(told({ a: [] }, { a: {} })).toEqual([['changed', 'a', [], {}]]);
  expect(told(undefined, { a: 1 })).toEqual([['changed', '', undefined, { a: 1 }]]);
});

it('stops at a hundred', () => {
  const big = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`k${n}`, n]));
  expect(changesBetween({}, big)).toHaveLength(100);
});

it('knows who is the same in a list by its id', () => {
  const [ann, bob, cho] = ['Ann', 'Bob', 'Cho'].map((id) => ({ id, status: 'away' }));
  expect(told([ann, bob], [ann, { ...bob, status: 'online' }, cho])).toEqual([
    ['changed', '1.status', 'away', 'online'],
    ['added', '2', undefined, cho],
  ]);
});
