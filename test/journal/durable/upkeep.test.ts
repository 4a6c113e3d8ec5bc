import { closeSync, existsSync, mkdirSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkDirectory } from '../../../src/journal/durable/check.ts';
import { readNewest } from '../../../src/journal/durable/newest.ts';
import { APPLICATION_ID, migrations } from '../../../src/journal/durable/schema.ts';
import { exportDirectory, importDirectory } from '../../../src/journal/durable/transfer.ts';
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

  it('looks at every room, though the row of one is damaged', async () => {
    const { directory, journal } = await inhabited();
    await commit(journal, line('cellar', 'dark'));
    await journal.close();
    tamper(directory, `UPDATE rooms SET created_at = created_at + 1 WHERE name = 'attic'`);
    tamper(directory, `UPDATE entries SET body = replace(body, 'dark', 'light')`);
    const { damages } = checkDirectory(directory);
    expect(damages).toEqual([
      'the room attic is damaged',
      expect.stringMatching(/^the history of room cellar is damaged/),
    ]);
  });

  it('counts every entry of a room that is longer than what is read at once', async () => {
    const { directory, journal } = await inhabited();
    await Promise.all(Array.from({ length: 2_100 }, (_, i) => commit(journal, line('cellar', `${i}`))));
    expect(checkDirectory(directory)).toMatchObject({ entries: 2_351, damages: [] });
    await journal.close();
  });

  it('finds an index that leads nowhere', async () => {
    const { directory, journal } = await inhabited();
    await journal.close();
    tamper(
      directory,
      `PRAGMA writable_schema = ON; UPDATE sqlite_schema
       SET sql = 'CREATE INDEX members_by_room ON members (user)' WHERE name = 'members_by_room'`,
    );
    const words = `DATA_DIR ${directory} is damaged: row 1 missing from index members_by_room`;
    expect(() => checkDirectory(directory)).toThrow(words);
  });

  it('makes nothing where there is nothing, and looks at nothing that is not ours', async () => {
    const directory = join(temporaryDirectory(), 'none');
    for (const act of [checkDirectory, compactDirectory, exported]) {
      expect(() => act(directory)).toThrow(`DATA_DIR ${directory} has no journal.db`);
    }
    expect(existsSync(directory)).toBe(false);
    mkdirSync(join(directory, 'journal.db'), { recursive: true });
    expect(() => checkDirectory(directory)).toThrow(`DATA_DIR ${directory} is not writable`);
  });

  it('leaves a directory of an older version to the server', () => {
    const directory = temporaryDirectory();
    const db = new Database(join(directory, 'journal.db'));
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; ${migrations[0]}; PRAGMA user_version = 1`);
    db.close();
    expect(() => checkDirectory(directory)).toThrow(
      `DATA_DIR ${directory} is of an older version: start the server once`,
    );
  });
});

describe('export and import', () => {
  it('make an equal directory, also while a server writes to the first', async () => {
    const { directory, journal } = await inhabited();
    const lines = linesOf(directory);
    await commit(journal, line('attic', 'later'));
    const copy = join(temporaryDirectory(), 'copy');
    expect(await importDirectory(copy, each(lines))).toBe(lines.length - 2);
    expect(statSync(join(copy, 'journal.db-wal'), { throwIfNoEntry: false })?.size ?? 0).toBe(0);
    expect(linesOf(copy)).toEqual(lines);
    const { entries, newestId, damages } = checkDirectory(copy);
    expect({ entries, damages }).toEqual({ entries: 251, damages: [] });
    // By this it is found out when files of it go missing.
    expect(readNewest(join(copy, 'newest'))).toBe(newestId);
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
    for (const cut of [lines.slice(0, -1), lines.slice(0, 9), []]) {
      await expect(importDirectory(copy, each(cut))).rejects.toThrow('the export is cut short');
    }
    const among = (...more: string[]) => [...lines.slice(0, 5), ...more, ...lines.slice(6)];
    const others = [['{}'], ['[]'], ['{"format":99}'], ['{"format":99}', ...lines.slice(1)], lines.slice(1)];
    const inside = ['{"table":"users","row":[]}', '{"table":"meta","row":5}', '{"rows":1}', 'nonsense'];
    for (const wrong of [...others, among(), ...inside.map((text) => among(text))]) {
      const words = `that is no export of format ${migrations.length}`;
      await expect(importDirectory(copy, each(wrong)), wrong[0]).rejects.toThrow(words);
    }
    await importDirectory(copy, each(lines));
    await expect(importDirectory(copy, each(lines))).rejects.toThrow('has something in it already');
    await expect(importDirectory(directory, each(lines))).rejects.toThrow('in use by another process');
    await journal.close();
  });
});

describe('an export', () => {
  it('is of one moment, whatever is written meanwhile', async () => {
    const { directory, journal } = await inhabited();
    await journal.close();
    const lines = linesOf(directory);
    const meanwhile: string[] = [];
    exportDirectory(directory, (text) => {
      meanwhile.push(text.trimEnd());
      if (meanwhile.length === 3) tamper(directory, 'DELETE FROM entries');
    });
    expect(meanwhile).toEqual(lines);
    expect(linesOf(directory).length).toBeLessThan(lines.length);
  });

  it('has nothing of a room that was deleted just now', async () => {
    const { directory, journal } = await inhabited();
    await commit(journal, { kind: 'room.deleted', room: 'attic' });
    expect(exported(directory)).not.toContain('text 7');
    expect(exported(directory)).toContain('hello');
    await journal.close();
  });

  it.skipIf(!existsSync('/dev/full'))('says of a full disk that it is the one written to', async () => {
    const { directory, journal } = await inhabited();
    const fd = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(fd));
    expect(() => exportDirectory(directory, (text) => void writeSync(fd, text))).toThrow(
      /^ENOSPC: no space left on device, write$/,
    );
    await journal.close();
  });

  it('fails in one line when something can not be read', async () => {
    const { directory, journal } = await inhabited();
    await journal.close();
    tamper(directory, 'DROP TABLE events');
    const words = `DATA_DIR ${directory} can't be used: no such table: events`;
    expect(() => exported(directory)).toThrow(words);
    expect(() => compactDirectory(directory)).toThrow(words);
  });
});

describe('compact', () => {
  it('gives back the space of what was deleted, when nobody has the directory', async () => {
    const { directory, journal } = await inhabited();
    await Promise.all(
      Array.from({ length: 2_000 }, (_, i) => commit(journal, line('cellar', `${i}`.repeat(20)))),
    );
    await commit(journal, { ...line('general', 'bye'), sent: { by: 'u2', ref: 'last' } });
    await commit(journal, { kind: 'session.ended', user: BOB });
    await commit(journal, { kind: 'room.deleted', room: 'cellar' });
    expect(() => compactDirectory(directory)).toThrow('in use by another process');
    await journal.close();
    const { before, after } = compactDirectory(directory);
    expect(after).toBeLessThan(before / 2);
    expect(checkDirectory(directory)).toMatchObject({ rooms: 2, entries: 252, damages: [] });
    // What may still be asked for is still there, and so is the way in.
    expect(openIn(directory).recovered().former).toMatchObject([{ digest: 'b', sends: [{ ref: 'last' }] }]);
  });
});

describe('backup', () => {
  it('makes another directory of what is there, while a server writes', async () => {
    const { directory, journal } = await inhabited();
    const target = join(temporaryDirectory(), 'below', "it's a copy");
    const writing = Array.from({ length: 50 }, (_, i) => commit(journal, line('attic', `more ${i}`)));
    backUpDirectory(directory, target);
    await Promise.all(writing);
    const { entries, newestId, damages } = checkDirectory(target);
    expect({ entries, damages }).toEqual({ entries: 251, damages: [] });
    expect(readNewest(join(target, 'newest'))).toBe(newestId);
    expect(statSync(target).mode & 0o777).toBe(0o700);
    expect(() => backUpDirectory(directory, target)).toThrow('has something in it already');
    const copy = openIn(target);
    expect(copy.recovered().sessions).toHaveLength(2);
    await commit(copy, line('attic', 'and on it goes'));
    await journal.close();
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    expect(() => backUpDirectory(directory, file)).toThrow(`DATA_DIR ${file} is not a directory`);
  });

  it('takes a directory where another one was broken off', async () => {
    const { directory, journal } = await inhabited();
    const target = temporaryDirectory();
    writeFileSync(join(target, 'journal.db.new'), 'half');
    backUpDirectory(directory, target);
    expect(checkDirectory(target)).toMatchObject({ entries: 251, damages: [] });
    expect(existsSync(join(target, 'journal.db.new'))).toBe(false);
    await journal.close();
  });
});
