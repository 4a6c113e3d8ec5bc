import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { checkDirectory } from '../../../src/journal/durable/check.ts';
import { StorageFault } from '../../../src/journal/durable/fault.ts';
import { openDurableJournal } from '../../../src/journal/durable/journal.ts';
import { exportDirectory } from '../../../src/journal/durable/transfer.ts';
import type { JournalRecord } from '../../../src/journal/journal.ts';
import { canHaveSmallDisk, smallDisk, temporaryDirectory } from '../../support/data-directory.ts';
import { commit, copyOf, faultOf, line, openIn, tamper, textsOf } from './directory.ts';

/** A directory with entries, as a stop leaves it. */
async function written(count = 300): Promise<string> {
  const directory = join(temporaryDirectory(), 'data');
  const journal = openIn(directory);
  await Promise.all(Array.from({ length: count }, (_, i) => commit(journal, line('attic', `text ${i}`))));
  await journal.close();
  return directory;
}

describe('a data directory that can not be used', () => {
  it('is one that another server holds, until that one is gone', async () => {
    const directory = await written();
    const holder = openIn(directory);
    expect(faultOf(directory)).toBe(`DATA_DIR ${directory} is in use by another process`);
    await holder.close();
    openIn(directory);
  });

  it('is a file', () => {
    const path = join(temporaryDirectory(), 'file');
    writeFileSync(path, '');
    expect(faultOf(path)).toBe(`DATA_DIR ${path} is not a directory`);
    expect(faultOf(join(path, 'below'))).toBe(`DATA_DIR ${join(path, 'below')} is not a directory`);
  });

  it('is one that the system has other words for, which are told, with the error itself', () => {
    const directory = join(temporaryDirectory(), 'x'.repeat(300));
    expect(faultOf(directory)).toBe(
      `DATA_DIR ${directory} can't be used: ENAMETOOLONG: name too long, mkdir '${directory}'`,
    );
    const fault = { name: 'StorageFault', cause: expect.objectContaining({ code: 'ENAMETOOLONG' }) };
    expect(() => openDurableJournal({ directory, now: Date.now })).toThrow(expect.objectContaining(fault));
  });

  it.skipIf(process.platform !== 'linux')('is one that may not be written to', () => {
    expect(faultOf('/sys/kernel')).toBe('DATA_DIR /sys/kernel is not writable');
    expect(faultOf('/sys/kernel/below')).toBe('DATA_DIR /sys/kernel/below is not writable');
    for (const path of ['/proc/nowhere', '/proc/no/where']) {
      expect(faultOf(path)).toMatch(/^DATA_DIR \S+ can't be made: ENOENT: [^\n]+$/);
    }
  });

  it('is one of a newer version', async () => {
    const directory = await written();
    tamper(directory, 'PRAGMA user_version = 99');
    expect(faultOf(directory)).toMatch(/is of a newer version of this program \(format 99, known is \d+\)$/);
  });

  it('is one with another program’s database', async () => {
    const directory = await written();
    tamper(directory, 'PRAGMA application_id = 1');
    expect(faultOf(directory)).toBe(`DATA_DIR ${directory} is damaged: journal.db is not one of ours`);
  });

  it('is one whose database is damaged, empty or missing: there is no silent fresh start', async () => {
    const directory = await written();
    const path = join(directory, 'journal.db');
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xa5, 3 * 4096, 4 * 4096));
    expect(faultOf(directory)).toMatch(
      / is damaged: (\*\*\* in database main \*\*\* )?Tree \d+ page \d+( cell \d+)?: \w/,
    );
    truncateSync(path);
    expect(faultOf(directory)).toContain('is damaged');
    rmSync(join(directory, 'journal.db'));
    expect(faultOf(directory)).toBe(`DATA_DIR ${directory} is damaged: journal.db is missing`);
  });

  it('is one with a log alone, which would be laid over a new database', async () => {
    const directory = join(temporaryDirectory(), 'data');
    await commit(openIn(directory), line('attic', 'hello'));
    const copy = copyOf(directory);
    for (const file of ['journal.db', 'newest']) rmSync(join(copy, file));
    expect(faultOf(copy)).toBe(`DATA_DIR ${copy} is damaged: journal.db is missing`);
  });

  it('is one where nobody can say any more whether the log is whole', async () => {
    const directory = join(temporaryDirectory(), 'data');
    await commit(openIn(directory), line('attic', 'hello'));
    for (const rest of [0, 10]) {
      const copy = copyOf(directory);
      truncateSync(join(copy, 'journal.db-wal'));
      truncateSync(join(copy, 'newest'), rest);
      expect(faultOf(copy)).toMatch(/^DATA_DIR \S+ is damaged: "newest" says nothing.*remove that file$/);
    }
    const copy = copyOf(directory);
    rmSync(join(copy, 'newest'));
    expect(await textsOf(openIn(copy), 'attic')).toEqual(['hello']);
  });

  it('is one with something else by the name of a file of ours', async () => {
    for (const name of ['journal.db', 'lock', 'newest']) {
      const directory = temporaryDirectory();
      mkdirSync(join(directory, name));
      expect(faultOf(directory), name).toMatch(/^DATA_DIR \S+ [^\n]+$/);
    }
  });

  it('is one whose log is missing, though the database alone looks whole', async () => {
    const directory = join(temporaryDirectory(), 'data');
    const journal = openIn(directory);
    await commit(journal, line('attic', 'hello'));
    const copy = copyOf(directory);
    rmSync(join(copy, 'journal.db-wal'));
    expect(faultOf(copy)).toMatch(
      /is cut short: it ends at 0, and \d+ was committed. To go on without what is lost, remove the file "newest" in it$/,
    );
    rmSync(join(copy, 'newest'));
    expect(await textsOf(openIn(copy), 'attic')).toEqual([]);
  });
});

it('is not used when what says how far it goes can not be relied on', async () => {
  const directory = await written(1);
  for (const text of ['', 'nonsense', `${'9'.repeat(16)} 00000000\n`]) {
    writeFileSync(join(directory, 'newest'), text);
    expect(faultOf(directory), text).toContain('is damaged: "newest" says nothing that can be relied on');
  }
});

it('is let go of when one part of it can not be used', async () => {
  const directory = await written(1);
  rmSync(join(directory, 'newest'));
  mkdirSync(join(directory, 'newest'));
  expect(faultOf(directory)).toMatch(/^DATA_DIR \S+ can't be used: EISDIR/);
  rmSync(join(directory, 'newest'), { recursive: true });
  tamper(directory, 'ALTER TABLE events RENAME TO elsewhere');
  expect(faultOf(directory)).toBe(`DATA_DIR ${directory} can't be used: no such table: events`);
  tamper(directory, 'ALTER TABLE elsewhere RENAME TO events');
  expect(await textsOf(openIn(directory), 'attic')).toEqual(['text 0']);
});

describe('files of different moments, as a copy has them that was taken while the server wrote', () => {
  /** Two copies, between which the log was brought into the database and begun again. */
  async function twoMoments(): Promise<{ earlier: string; later: string }> {
    const directory = join(temporaryDirectory(), 'data');
    const journal = openIn(directory);
    const user = { id: 'u1', name: 'Ann' };
    await commit(journal, { kind: 'session.begun', user, digest: 'a' });
    await commit(journal, line('attic', 'early'));
    const earlier = copyOf(directory);
    await commit(journal, line('attic', 'late'));
    // Pages that are written over and over: the database doesn't grow, so nothing looks odd about it.
    for (let i = 0; i < 700; i++) await commit(journal, { kind: 'user.renamed', user, name: `Ann${i}` });
    return { earlier, later: copyOf(directory) };
  }

  it('are refused when the database is older than what the log begins with', async () => {
    const { earlier, later } = await twoMoments();
    copyFileSync(join(earlier, 'journal.db'), join(later, 'journal.db'));
    expect(faultOf(later)).toMatch(/^DATA_DIR \S+ is damaged: journal.db-wal does not go with journal.db$/);
  });

  it('are refused when the database is newer than where the log ends', async () => {
    const { earlier, later } = await twoMoments();
    copyFileSync(join(later, 'journal.db'), join(earlier, 'journal.db'));
    expect(faultOf(earlier)).toMatch(/^DATA_DIR \S+ is damaged: /);
  });

  it('are taken when each is whole', async () => {
    const { earlier, later } = await twoMoments();
    expect(await textsOf(openIn(earlier), 'attic')).toEqual(['early']);
    const journal = openIn(later);
    expect(await textsOf(journal, 'attic')).toEqual(['early', 'late']);
    expect(journal.recovered().sessions).toMatchObject([{ user: { name: 'Ann699' } }]);
  });
});

describe('files that are cut or overwritten anywhere', () => {
  it.each(['stopped', 'killed'] as const)(
    'of a server that was %s: all entries or one clear line',
    async (end) => {
      const all = Array.from({ length: 300 }, (_, i) => `text ${i}`);
      let directory = await written(all.length);
      if (end === 'killed') {
        const journal = openIn(directory);
        for (let i = 300; i < 340; i++) {
          await commit(journal, line('attic', `text ${i}`));
          all.push(`text ${i}`);
        }
        directory = copyOf(directory);
      }
      const files = end === 'stopped' ? ['journal.db'] : ['journal.db', 'journal.db-wal', 'newest'];
      let refused = 0;
      const cut = fc.record({
        file: fc.constantFrom(...files),
        at: fc.double({ min: 0, max: 0.999, noNaN: true }),
        how: fc.constantFrom('cut', 'overwrite'),
      });
      await fc.assert(
        fc.asyncProperty(cut, async ({ file, at, how }) => {
          const copy = copyOf(directory);
          const path = join(copy, file);
          const bytes = readFileSync(path);
          const from = Math.floor(bytes.length * at);
          if (how === 'cut') truncateSync(path, from);
          else writeFileSync(path, bytes.fill(0xa5, from, Math.min(from + 64, bytes.length)));
          try {
            const journal = openDurableJournal({ directory: copy, now: Date.now });
            try {
              expect(await textsOf(journal, 'attic')).toEqual(all);
            } finally {
              await journal.close();
            }
          } catch (error) {
            if ((error as Error).name !== 'StorageFault') throw error;
            expect((error as Error).message).toMatch(/^[^\n]+$/);
            refused += 1;
          } finally {
            rmSync(copy, { recursive: true });
          }
        }),
        { numRuns: 40 },
      );
      expect(refused).toBeGreaterThan(5);
    },
  );

  it('are refused in one line also where what is damaged is the text of the schema', async () => {
    const directory = await written();
    const path = join(directory, 'journal.db');
    const bytes = readFileSync(path);
    const at = bytes.indexOf('CREATE TABLE entries');
    writeFileSync(path, bytes.fill(0xa5, at + 20, at + 36));
    expect(faultOf(directory)).toMatch(/^DATA_DIR \S+ is damaged: [^\n]+$/);
    expect(new StorageFault('malformed (\n  ts R)').message).toBe('malformed ( ts R)');
  });

  it('are found out when text in them is no text any more', async () => {
    const directory = await written();
    // Text of a length that SQLite reads without a doubt, in bytes that are no UTF-8.
    const path = join(directory, 'journal.db');
    const bytes = readFileSync(path);
    const at = bytes.indexOf('text 150');
    writeFileSync(path, bytes.fill(0xa5, at, at + 8));
    await expect(openIn(directory).read('attic', { limit: 1_000 })).rejects.toThrow(
      'the history of room attic is damaged',
    );
    expect(checkDirectory(copyOf(directory)).damages).toHaveLength(1);
    expect(() => exportDirectory(copyOf(directory), () => {})).toThrow('damaged');
  });

  it('are found out when an entry is missing or altered inside an otherwise sound database', async () => {
    for (const sql of [
      'DELETE FROM entries WHERE number = 150',
      'DELETE FROM entries WHERE number = 300',
      'DELETE FROM entries WHERE number = 1',
      `UPDATE entries SET body = replace(body, 'text 150', 'text 999')`,
      'UPDATE entries SET ts = ts + 1 WHERE number = 150',
      // One of another room in its place.
      `DELETE FROM entries WHERE number = 150;
       UPDATE entries SET room = (SELECT room FROM rooms WHERE name = 'attic')`,
      'UPDATE entries SET id = id + 1000000 WHERE number = 300',
    ]) {
      const directory = await written();
      const journal = openIn(directory);
      await commit(journal, line('den', 'text'));
      await journal.close();
      tamper(directory, sql);
      await expect(openIn(directory).read('attic', { limit: 1_000 }), sql).rejects.toThrow(
        'the history of room attic is damaged',
      );
    }
  });
});

describe('a disk that is full', () => {
  it.skipIf(!canHaveSmallDisk)('is named as that also when not even a directory fits', () => {
    const directory = join(smallDisk('1m,nr_inodes=1'), 'data');
    expect(faultOf(directory)).toBe(`DATA_DIR ${directory} is on a disk that is full`);
  });

  it.skipIf(!canHaveSmallDisk)(
    'fails what is appended, shows what is there, and recovers by itself',
    async () => {
      const directory = smallDisk('2m');
      const states: boolean[] = [];
      const journal = openDurableJournal({
        directory,
        now: Date.now,
        health: ({ ok }) => states.push(ok),
      });
      const ballast = join(directory, 'ballast');
      writeFileSync(ballast, Buffer.alloc(1_000_000));
      const long = 'x'.repeat(10_000);
      let stored = 0;
      const fill = async () => {
        for (; stored < 500; stored++) await commit(journal, line('attic', long));
      };
      await expect(fill()).rejects.toThrow(`DATA_DIR ${directory} is on a disk that is full`);
      expect(await textsOf(journal, 'attic')).toHaveLength(stored);
      await expect(commit(journal, line('attic', long))).rejects.toThrow('full');

      rmSync(ballast);
      await commit(journal, line('attic', 'there is room again'));
      expect(await textsOf(journal, 'attic')).toHaveLength(stored + 1);
      expect(states).toEqual([false, true]);
      await journal.close();

      const again = openDurableJournal({ directory, now: Date.now });
      expect((await textsOf(again, 'attic')).at(-1)).toBe('there is room again');
      await again.close();
    },
  );
});

describe('what was done all the same when it could not be stored', () => {
  it.skipIf(!canHaveSmallDisk)('is stored with the next that can be', async () => {
    const directory = smallDisk('2m');
    const journal = openDurableJournal({ directory, now: Date.now });
    const [ann, bob] = [
      { id: 'u1', name: 'Ann' },
      { id: 'u2', name: 'Bob' },
    ];
    for (const user of [ann, bob]) {
      await commit(journal, { kind: 'session.begun', user, digest: user.id });
      await commit(journal, { kind: 'member.joined', room: 'general', user });
    }
    await commit(journal, { kind: 'room.created', room: 'attic', by: ann });
    const ballast = join(directory, 'ballast');
    fill(ballast);
    const isStored = (record: JournalRecord) =>
      commit(journal, record).then(
        () => true,
        () => false,
      );
    // A log that was to be longer once may have some room left.
    while (await isStored(line('general', 'x'.repeat(20_000))));
    fill(ballast);
    while (await isStored(line('general', 'x')));
    for (const record of [
      { kind: 'member.left', room: 'general', user: bob },
      { kind: 'room.deleted', room: 'attic' },
      { kind: 'session.ended', user: ann },
    ] satisfies JournalRecord[]) {
      expect(await isStored(record)).toBe(false);
    }
    rmSync(ballast);
    await commit(journal, line('general', 'there is room again'));
    await journal.close();

    const again = openDurableJournal({ directory, now: Date.now });
    const { sessions, rooms } = again.recovered();
    expect(sessions).toMatchObject([{ user: bob, rooms: [] }]);
    expect(rooms).toMatchObject([{ name: 'general' }]);
    await again.close();
  });
});

/** Takes what is left of a disk. */
function fill(path: string): void {
  for (const size of [65_536, 4_096, 1]) {
    try {
      for (;;) appendFileSync(path, Buffer.alloc(size));
    } catch {
      // Full: now with less at once.
    }
  }
}

describe('a disk that does not take what was written', () => {
  it('fails all that waits and all that comes, until the server is started again', async () => {
    const directory = join(temporaryDirectory(), 'data');
    const states: string[] = [];
    let fail: (() => void) | undefined;
    const journal = openIn(directory, {
      health: (state) => states.push(state.ok ? 'ok' : state.error.message),
      sync: () =>
        texts === undefined
          ? Promise.resolve()
          : new Promise((_, reject) => {
              fail = () => reject(Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' }));
            }),
    });
    let texts: string[] | undefined;
    for (let i = 0; i < 20; i++) await commit(journal, line('attic', `${i}`));
    texts = await textsOf(journal, 'attic');
    const newest = journal.newestId();

    const words = `DATA_DIR ${directory} can't be used: EIO: i/o error, fdatasync`;
    const first = expect(commit(journal, line('attic', 'written'))).rejects.toThrow(words);
    await vi.waitUntil(() => fail !== undefined);
    const waits = expect(commit(journal, line('attic', 'waits'))).rejects.toThrow(words);
    fail?.();
    await Promise.all([first, waits]);
    await expect(commit(journal, line('attic', 'comes later'))).rejects.toThrow(words);
    expect(states).toEqual([words]);
    // What is there goes on being served, and nothing of what was refused.
    expect(await textsOf(journal, 'attic')).toEqual(texts);
    expect(journal.newestId()).toBe(newest);
    await journal.close();

    const again = openIn(directory);
    const found = await textsOf(again, 'attic');
    // Whether the disk has what it did not vouch for, nobody knows.
    expect([texts, [...texts, 'written']]).toContainEqual(found);
    await commit(again, line('attic', 'goes on'));
    expect(await textsOf(again, 'attic')).toEqual([...found, 'goes on']);
  });
});

it('takes nothing any more once it is closed, which is no news to anybody', async () => {
  const states: object[] = [];
  const journal = openIn(temporaryDirectory(), { health: (state) => states.push(state) });
  await commit(journal, line('attic', 'hello'));
  await journal.close();
  await expect(commit(journal, line('attic', 'late'))).rejects.toThrow('the journal is closed');
  expect(states).toEqual([]);
});
