import { expect, it } from 'vitest';
import type { Stamp } from '../../src/journal/journal.ts';
import { createMemoryJournal } from '../../src/journal/memory.ts';
import { HISTORY_KEPT } from '../../src/protocol/limits.ts';
import { describeJournal } from './suite.ts';

describeJournal('the journal in memory', () => createMemoryJournal(Date.now));

const hello = { kind: 'entry', room: 'attic', type: 'message', from: 'Ann', text: 'hello' } as const;

it('begins its ids at the clock, so that they rise over restarts', async () => {
  const journal = createMemoryJournal(() => 1_700_000_000_000);
  const { id, ts } = await commitTo(journal);
  expect(id).toBeGreaterThanOrEqual(1_700_000_000_000_000);
  expect(ts).toBe(1_700_000_000);
});

it('gives ids below 2^53 for centuries', async () => {
  const { id } = await commitTo(createMemoryJournal(() => Date.UTC(2200, 0, 1)));
  expect(Number.isSafeInteger(id)).toBe(true);
});

it('commits before the current tick is over', async () => {
  const told: string[] = [];
  const journal = createMemoryJournal(Date.now);
  const ticked = new Promise((resolve) => setImmediate(resolve)).then(() => told.push('tick'));
  journal.append(hello, () => told.push('committed'));
  await ticked;
  expect(told).toEqual(['committed', 'tick']);
});

it('commits what waits when it is closed, not later', () => {
  const told: string[] = [];
  const journal = createMemoryJournal(Date.now);
  journal.append(hello, () => told.push('committed'));
  journal.close();
  expect(told).toEqual(['committed']);
});

it('keeps as many of a room as a client can ask for', async () => {
  const journal = createMemoryJournal(Date.now);
  for (let i = 0; i < HISTORY_KEPT; i++) await commitTo(journal);
  expect(await journal.read('attic', { limit: HISTORY_KEPT })).toHaveLength(HISTORY_KEPT);
});

it('keeps no more of a room than a client can ask for', async () => {
  const journal = createMemoryJournal(Date.now);
  for (let i = 0; i < HISTORY_KEPT + 50; i++) await commitTo(journal);
  expect(await journal.read('attic', { limit: 1_000 })).toHaveLength(HISTORY_KEPT);
});

function commitTo(journal: ReturnType<typeof createMemoryJournal>): Promise<Stamp> {
  return new Promise((resolve, reject) => {
    journal.append(hello, (outcome) => (outcome.ok ? resolve(outcome.stamp) : reject(outcome.error)));
  });
}
