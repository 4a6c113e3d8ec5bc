import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readNewest } from '../../../src/journal/durable/newest.ts';
import type { JournalRecord } from '../../../src/journal/journal.ts';
import { temporaryDirectory } from '../../support/data-directory.ts';
import { commit, copyOf, line, openIn, tamper, textsOf } from './directory.ts';

const ANN = { id: 'u1', name: 'Ann' };
const BOB = { id: 'u2', name: 'Bob' };

/** From now on no commit succeeds, as on a full disk, but wherever the tests run. */
function refuseCommits(directory: string): void {
  tamper(directory, `CREATE TRIGGER refusal BEFORE INSERT ON meta BEGIN SELECT RAISE(ABORT, 'refused'); END`);
}

function takeCommits(directory: string): void {
  tamper(directory, 'DROP TRIGGER refusal');
}

const DONE_ALL_THE_SAME: JournalRecord[] = [
  { kind: 'member.left', room: 'general', user: BOB },
  { kind: 'private.undelivered', user: BOB, notice: { to: 'Ann', ref: 'one' } },
  { kind: 'room.deleted', room: 'attic' },
  { kind: 'session.ended', user: ANN },
];

/** A directory of two, of which some is done that could not be stored. */
async function owing() {
  const directory = temporaryDirectory();
  const journal = openIn(directory);
  for (const user of [ANN, BOB]) {
    await commit(journal, { kind: 'session.begun', user, digest: user.id });
    await commit(journal, { kind: 'member.joined', room: 'general', user });
  }
  await commit(journal, { kind: 'room.created', room: 'attic', by: ANN });
  await commit(journal, line('attic', 'old'));
  refuseCommits(directory);
  for (const record of DONE_ALL_THE_SAME) await expect(commit(journal, record)).rejects.toThrow('refused');
  takeCommits(directory);
  return { directory, journal };
}

it('what was done all the same is stored with the next commit, before it, and not again with those that follow', async () => {
  const { directory, journal } = await owing();
  await commit(journal, { kind: 'room.created', room: 'attic', by: BOB });
  await commit(journal, { kind: 'member.joined', room: 'general', user: BOB });
  await commit(journal, line('attic', 'new'));
  expect(await textsOf(journal, 'attic')).toEqual(['new']);
  await journal.close();
  const { sessions, former, rooms } = openIn(directory).recovered();
  expect(sessions).toMatchObject([{ user: BOB, rooms: ['general'], notices: [{ to: 'Ann', ref: 'one' }] }]);
  expect(former).toMatchObject([{ id: ANN.id }]);
  expect(rooms).toMatchObject([{ name: 'attic', founder: BOB }]);
});

it('what was done all the same is stored when the journal is closed before there is a next commit', async () => {
  const { directory, journal } = await owing();
  await journal.close();
  const { sessions, rooms } = openIn(directory).recovered();
  expect(sessions).toMatchObject([{ user: BOB, rooms: [], notices: [{ to: 'Ann' }] }]);
  expect(rooms).toEqual([]);
});

it('a room is whole after a commit that failed, though the next is of another room', async () => {
  const directory = temporaryDirectory();
  const journal = openIn(directory);
  await commit(journal, line('attic', 'before'));
  refuseCommits(directory);
  await expect(commit(journal, line('attic', 'refused'))).rejects.toThrow('refused');
  takeCommits(directory);
  await commit(journal, line('den', 'elsewhere'));
  await journal.close();
  const again = openIn(directory);
  expect(await textsOf(again, 'attic')).toEqual(['before']);
  await commit(again, line('attic', 'after'));
  expect(await textsOf(again, 'attic')).toEqual(['before', 'after']);
});

it('what is appended in one turn of the event loop fails together, though not all of it at once', async () => {
  const directory = temporaryDirectory();
  const journal = openIn(directory);
  await commit(journal, { kind: 'session.begun', user: ANN, digest: 'a' });
  tamper(directory, `UPDATE sessions SET body = replace(body, 'Ann', 'Eve')`);
  const first = expect(commit(journal, line('attic', 'before'))).rejects.toThrow('is damaged');
  // Behind whatever the first append has put off, and still in this turn.
  for (let i = 0; i < 5; i++) await Promise.resolve();
  const second = commit(journal, { kind: 'user.renamed', user: ANN, name: 'Anna' });
  await expect(second).rejects.toThrow('is damaged');
  await first;
  expect(await textsOf(journal, 'attic')).toEqual([]);
});

it('says how far it goes only once the disk has it', async () => {
  const directory = temporaryDirectory();
  const newest = () => readNewest(join(directory, 'newest'));
  const whileSyncing: number[] = [];
  const sync = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    whileSyncing.push(newest());
  };
  const journal = openIn(directory, { sync });
  const ids: number[] = [];
  for (const text of ['1', '2', '3']) {
    ids.push((await commit(journal, line('attic', text))).id);
    expect(newest()).toBe(ids.at(-1));
  }
  expect(whileSyncing).toEqual([0, ...ids.slice(0, -1)]);
});

it('is whole after a second kill, when nothing was stopped properly in between', async () => {
  const first = temporaryDirectory();
  await commit(openIn(first), line('attic', '1'));
  const second = copyOf(first);
  await commit(openIn(second), line('attic', '2'));
  const third = openIn(copyOf(second));
  expect(await textsOf(third, 'attic')).toEqual(['1', '2']);
});

it('gives times that do not fall when the clock is set back', async () => {
  let now = 1_700_000_010_000;
  const journal = openIn(temporaryDirectory(), { now: () => now });
  const times: number[] = [];
  for (const at of [now, now - 5_000, now + 5_000]) {
    now = at;
    times.push((await commit(journal, line('attic', 'hello'))).ts);
  }
  expect(times).toEqual([1_700_000_010, 1_700_000_010, 1_700_000_015]);
});

it('keeps as many of a room as a client can ask for, though it is set to fewer', async () => {
  const journal = openIn(temporaryDirectory(), { entriesKept: 5 });
  await Promise.all(Array.from({ length: 130 }, (_, i) => commit(journal, line('attic', `${i}`))));
  expect(await textsOf(journal, 'attic')).toEqual(Array.from({ length: 100 }, (_, i) => `${i + 30}`));
});
