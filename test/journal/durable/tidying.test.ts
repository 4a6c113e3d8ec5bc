import { expect, it } from 'vitest';
import { Tidying } from '../../../src/journal/durable/tidying.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Tidies so much, a piece at a time. */
function pieces(count: number, isBusy = () => false) {
  const done = { pieces: 0 };
  const tidying = new Tidying(() => ++done.pieces < count, isBusy);
  return { done, tidying };
}

it('goes on, a piece in a turn, until there is no more', async () => {
  const { done, tidying } = pieces(3);
  tidying.goOn();
  tidying.goOn();
  for (const pieces of [1, 2, 3, 3, 3]) {
    await turn();
    expect(done.pieces).toBe(pieces);
  }
});

it('waits while something is committed, and until it is asked to go on behind it', async () => {
  let isBusy = true;
  const { done, tidying } = pieces(2, () => isBusy);
  tidying.goOn();
  for (let i = 0; i < 3; i++) await turn();
  expect(done.pieces).toBe(0);
  isBusy = false;
  tidying.goOn();
  for (let i = 0; i < 3; i++) await turn();
  expect(done.pieces).toBe(2);
});

it('gives up when it fails, and tries again when it is due', async () => {
  let failures = 1;
  let done = 0;
  const tidying = new Tidying(
    () => {
      if (failures-- > 0) throw new Error('disk is full');
      return ++done < 2;
    },
    () => false,
  );
  tidying.now();
  for (let i = 0; i < 3; i++) await turn();
  expect([failures, done]).toEqual([0, 0]);
  tidying.now();
  for (let i = 0; i < 3; i++) await turn();
  expect(done).toBe(2);
});

it('does nothing more once it is stopped', async () => {
  const { done, tidying } = pieces(5);
  tidying.now();
  tidying.stop();
  tidying.goOn();
  for (let i = 0; i < 3; i++) await turn();
  expect(done.pieces).toBe(1);
});
