import { expect, it } from 'vitest';
import { recoveredCounts } from '../../src/actors/recovery.ts';
import { StatsRecord } from '../../src/actors/stats/record.ts';
import { NOTHING_RECOVERED } from '../../src/journal/journal.ts';
import { SteppedClock } from '../support/clock.ts';
import { newStatsRecord } from '../support/stats-record.ts';

const event = { type: 'room_deleted', data: { room: 'attic' } } as const;

it('gathers nothing while nobody subscribes, or it would grow for ever', () => {
  const record = newStatsRecord();
  record.publish(event, undefined);
  record.mention({ type: 'room_updated', data: { room: 'attic', users: 1 } });
  expect(record.hasGathered).toBe(false);
  expect(record.missedSince('')).toContain('room_deleted');
});

it('gives what was gathered to all subscribers, once', () => {
  const record = newStatsRecord();
  const got: string[][] = [[], []];
  for (const texts of got) record.subscribers.add({ send: (text) => texts.push(text) });
  record.publish(event, undefined);
  expect(record.hasGathered).toBe(true);
  record.flush();
  record.flush();
  expect(record.hasGathered).toBe(false);
  for (const texts of got) expect(texts).toEqual([record.missedSince('')]);
});

it('gives ids that rise, over a restart too', () => {
  const clock = new SteppedClock();
  const ids: number[] = [];
  for (let life = 0; life < 2; life++) {
    const record = newStatsRecord(clock);
    for (let i = 0; i < 10; i++) record.publish(event, undefined);
    for (const [, id] of record.missedSince('').matchAll(/^id: (\d+)$/gm)) ids.push(Number(id));
    clock.increment(1);
  }
  expect(ids).toHaveLength(20);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
});

it('gives no id twice, and none that falls, though one that could not be stored took the next', () => {
  const told: unknown[] = [];
  const record = new StatsRecord({
    clock: new SteppedClock(),
    counts: recoveredCounts(NOTHING_RECOVERED),
    events: [{ id: 10, event }],
    noteTold: (of, { type }) => told.push([of, type]),
  });
  for (const of of [15, undefined, 16, 17, 19]) record.publish(event, of);
  const ids = [...record.missedSince('10').matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  expect(ids).toEqual([15, 16, 17, 18, 19]);
  // Only what has the id of its record can be found again by it.
  expect(told).toEqual([
    [15, 'room_deleted'],
    [19, 'room_deleted'],
  ]);
});

it('knows the last event that one has seen with blanks around its id too', () => {
  const record = newStatsRecord();
  record.publish(event, undefined);
  const [, id] = /^id: (\d+)$/m.exec(record.missedSince('')) ?? [];
  expect(record.missedSince(` ${id} `)).toBe('');
});

it('has a size told at once, and the next a second after it, if it is told at all', () => {
  const clock = new SteppedClock();
  const record = newStatsRecord(clock);
  expect(record.noteSize('attic', 1)).toBe(0);
  expect(record.noteSize('attic', 2)).toBeUndefined();
  record.tellSize('attic');
  clock.increment(400);
  expect(record.noteSize('attic', 3)).toBe(600);
  expect(record.noteSize('attic', 4)).toBeUndefined();
  record.forgetSize('attic');
  expect(record.noteSize('attic', 5)).toBe(0);
});
