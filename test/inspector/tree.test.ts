import { expect, it } from 'vitest';
import { branchesOf } from '../../public/inspector/record/tree.js';

const look = (value: unknown, isExpanded = true, shown = 100) =>
  branchesOf(value, { isExpanded: () => isExpanded, shownOf: () => shown }).map(
    ({ name, depth, words, kind }) => `${' '.repeat(depth - 1)}${name}: ${words} (${kind})`,
  );

it('shows a value line by line', () => {
  expect(look({ name: 'Ann', age: 3, rooms: ['a'], at: { x: null }, none: [], isIn: true })).toEqual([
    'name: "Ann" (text)',
    'age: 3 (number)',
    'rooms: [1] (list)',
    ' 0: "a" (text)',
    'at: {1} (record)',
    ' x: null (word)',
    'none: [] (list)',
    'isIn: true (word)',
  ]);
  expect(look({ a: { b: 1 } }, false)).toEqual(['a: {1} (record)']);
});

it('tells what the server has cut or hidden', () => {
  expect(
    look({ a: '…', b: 'Once… (2400 characters)', c: ['… 12 more'], d: '(hidden)', '…': '3 more', e: 'x…y' }),
  ).toEqual([
    'a: … (cut)',
    'b: Once… (2400 characters) (cut)',
    'c: [1] (list)',
    ' 0: … 12 more (cut)',
    'd: (hidden) (cut)',
    '…: 3 more (cut)',
    'e: "x…y" (text)',
  ]);
});

it('shows so many at once, and how many more there are', () => {
  expect(look([1, 2, 3, 4], true, 2)).toEqual(['0: 1 (number)', '1: 2 (number)', '2 more:  (more)']);
});

it('has nothing to show of what holds nothing', () => {
  expect(look(undefined)).toEqual([]);
});
