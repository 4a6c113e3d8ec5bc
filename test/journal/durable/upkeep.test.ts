import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDirectory } from '../../../src/journal/durable/check.ts';
import { importDirectory } from '../../../src/journal/durable/transfer.ts';
import { backUpDirectory, compactDirectory } from '../../../src/journal/durable/upkeep.ts';
import type { Journal } from '../../../src/journal/journal.ts';
import { temporaryDirectory } from '../../support/data-directory.ts';
import { commit, exported, line, openIn, tamper, textsOf } from './directory.ts';

const ANN = { id: 'u1', name: 'Ann' };
const BOB = { id: 'u2', name: 'Bob' };

/** A directory with something of everything, and whoever has it open. */
async function inhabited(): Promise<{ directory: string; journal: Journal }> {
  const directory = join(temporaryDirectory(), 'data');
  const journal = openIn(directory);
  journal.recovered();
  await Promise.all([
    commit(journal, { kind: 'session.begun', user: ANN, digest: 'a' }),
    commit(journal, { kind: 'session.begun', user: BOB, digest: 'b' }),
    commit(journal, { kind: 'room.created', room: 'attic', by: ANN }),
    commit(journal, { kind: 'member.joined', room: 'attic', user: ANN }),
    commit(journal, { kind: 'private', from: ANN, to: BOB, text: 'psst', unread: true, ref: 'one' }),
    ...Array.from({ length: 250 }, (_, i) => commit(journal, line('attic', `text ${i}`))),
    commit(journal, line('general', 'hello')),
  ]);
  return { directory, journal };
}

async function* each(lines: string[]): AsyncGenerator<string> {
  yield* lines;
}

function linesOf(directory: string): string[] {
  return exported(directory).trimEnd().split('\n');
}

describe('check', () => {
  it('counts what is there, also while a server has it', async () => {
    const { directory, journal } = await inhabited();
    const found = { rooms: 2, entries: 251, sessions: 2, newestId: journal.newestId(), damages: [] };
    expect(checkDirectory(directory)).toEqual(found);
    await journal.close();
    expect(checkDirectory(directory)).toEqual(found);
  });

  it.each([
    [`DELETE FROM entries WHERE number = 120`, 'the history of room attic is damaged'],
    [`UPDATE entries SET body = replace(body, 'text 7', 'text 8')`, 'the history of room attic is damaged'],
    [`UPDATE sessions SET body = replace(body, 'Bob', 'Eve')`, 'session u2 is damaged'],
    [`UPDATE privates SET body = replace(body, 'psst', 'pfft')`, 'private message'],
    [`UPDATE events SET body = replace(body, 'attic', 'cellar')`, 'event'],
  ])('finds what %s has done', async (sql, words) => {
    const { directory, journal } = await inhabited();
    await journal.close();
    tamper(directory, sql);
    const { damages } = checkDirectory(directory);
    expect(damages.length).toBeGreaterThan(0);
    for (const damage of damages) expect(damage).toContain(words);
  });

  it('makes nothing where there is nothing', () => {
    const directory = join(temporaryDirectory(), 'none');
    expect(() => checkDirectory(directory)).toThrow(`DATA_DIR ${directory} has no journal.db`);
    expect(existsSync(directory)).toBe(false);
  });
});

describe('export and import', () => {
  it('make an equal directory, also while a server writes to the first', async () => {
    const { directory, journal } = await inhabited();
    const lines = linesOf(directory);
    await commit(journal, line('attic', 'later'));
    const copy = join(temporaryDirectory(), 'copy');
    expect(await importDirectory(copy, each(lines))).toBe(lines.length - 2);
    expect(linesOf(copy)).toEqual(lines);
    expect(checkDirectory(copy)).toMatchObject({ entries: 251, damages: [] });
    await journal.close();

    const first = openIn(directory);
    const second = openIn(copy);
    expect(second.recovered()).toEqual({ ...first.recovered(), messagesTotal: 251 });
    expect(await textsOf(second, 'attic')).toEqual((await textsOf(first, 'attic')).slice(0, -1));
  });

  it('refuse what is cut short, or something else, and what is not empty', async () => {
    const { directory, journal } = await inhabited();
    const lines = linesOf(directory);
    const copy = join(temporaryDirectory(), 'copy');
    for (const wrong of [
      lines.slice(0, -1),
      lines.slice(0, 9),
      [],
      ['{}'],
      ['{"format":99}'],
      lines.slice(1),
    ]) {
      await expect(importDirectory(copy, each(wrong))).rejects.toThrow(/cut short|no export/);
    }
    const skipping = [...lines.slice(0, 5), ...lines.slice(6)];
    await expect(importDirectory(copy, each(skipping))).rejects.toThrow('no export');
    await importDirectory(copy, each(lines));
    await expect(importDirectory(copy, each(lines))).rejects.toThrow('has something in it already');
    await expect(importDirectory(directory, each(lines))).rejects.toThrow('in use by another process');
    await journal.close();
  });
});

describe('compact', () => {
  it('gives back the space of what was deleted, when nobody has the directory', async () => {
    const { directory, journal } = await inhabited();
    await Promise.all(
      Array.from({ length: 2_000 }, (_, i) => commit(journal, line('cellar', `${i}`.repeat(20)))),
    );
    await commit(journal, { kind: 'room.deleted', room: 'cellar' });
    expect(() => compactDirectory(directory)).toThrow('in use by another process');
    await journal.close();
    const { before, after } = compactDirectory(directory);
    expect(after).toBeLessThan(before / 2);
    expect(checkDirectory(directory)).toMatchObject({ rooms: 2, entries: 251, damages: [] });
  });
});

describe('backup', () => {
  it('makes another directory of what is there, while a server writes', async () => {
    const { directory, journal } = await inhabited();
    const target = join(temporaryDirectory(), 'it’s a copy');
    const writing = Array.from({ length: 50 }, (_, i) => commit(journal, line('attic', `more ${i}`)));
    backUpDirectory(directory, target);
    await Promise.all(writing);
    expect(checkDirectory(target)).toMatchObject({ entries: 251, damages: [] });
    expect(() => backUpDirectory(directory, target)).toThrow('has something in it already');
    const copy = openIn(target);
    expect(copy.recovered().sessions).toHaveLength(2);
    await commit(copy, line('attic', 'and on it goes'));
    await journal.close();
  });
});
