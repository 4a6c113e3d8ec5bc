import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { History } from '../../src/actors/room/history.ts';
import type { Entry } from '../../src/protocol/entities.ts';
import { HISTORY_KEPT } from '../../src/protocol/limits.ts';

describe('the history of a room', () => {
  it('is the last of all that was added, and knows what it lacks', () => {
    const count = fc.integer({ min: 0, max: HISTORY_KEPT * 2 });
    fc.assert(
      fc.property(
        count,
        fc.nat(HISTORY_KEPT * 3),
        fc.integer({ min: 1, max: 100 }),
        (total, cursor, limit) => {
          const all = Array.from({ length: total }, (_, i) => entry((i + 1) * 2));
          const history = new History(() => []);
          expect(history.size).toBe(0);
          for (const each of all) history.add(each);
          const kept = all.slice(-HISTORY_KEPT);
          expect(history.size).toBe(kept.length);
          expect(history.last(limit)).toEqual(kept.slice(-limit));
          expect(history.after(cursor)).toEqual(kept.filter(({ id }) => id > cursor));
          const missed = all.filter(({ id }) => id > cursor);
          expect(history.lacksSome(cursor)).toBe(missed.length > history.after(cursor).length);
        },
      ),
    );
  });

  it('takes in what the journal has, and each later entry once', () => {
    const kept = Array.from({ length: 10 }, (_, i) => entry(i + 1));
    const history = new History(() => kept);
    expect(history.size).toBe(10);
    for (const id of [9, 10, 11, 11, 12]) history.add(entry(id));
    expect(history.last(100).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(kept).toHaveLength(10);
  });

  it('reads the journal once, when somebody asks, and not for what is added before', () => {
    const journal = [entry(1)];
    let reads = 0;
    const history = new History(() => {
      reads += 1;
      return [...journal];
    });
    journal.push(entry(2));
    history.add(entry(2));
    JSON.stringify(history);
    expect(reads).toBe(0);
    expect(history.last(100).map(({ id }) => id)).toEqual([1, 2]);
    history.add(entry(3));
    expect(history.last(100).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(reads).toBe(1);
  });

  it('supposes more behind a full page from the journal, and nothing behind a short one', () => {
    const page = Array.from({ length: HISTORY_KEPT }, (_, i) => entry(i + 1_000));
    expect(new History(() => page).lacksSome(0)).toBe(true);
    expect(new History(() => page).lacksSome(998)).toBe(true);
    expect(new History(() => page).lacksSome(999)).toBe(false);
    expect(new History(() => page.slice(1)).lacksSome(0)).toBe(false);
    expect(new History(() => []).lacksSome(0)).toBe(false);
  });

  it('shows no text where it is printed', () => {
    expect(JSON.stringify(new History(() => [entry(1)]))).not.toContain('secret words');
  });
});

function entry(id: number): Entry {
  return { id, type: 'message', from: 'Ann', text: 'secret words', ts: 1 };
}
