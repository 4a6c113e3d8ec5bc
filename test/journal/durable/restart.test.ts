import { mkdirSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it, vi } from 'vitest';
import { checkDirectory } from '../../../src/journal/durable/check.ts';
import { temporaryDirectory } from '../../support/data-directory.ts';
import { commit, copyOf, line, openIn, tamper, textsOf } from './directory.ts';

const ANN = { id: 'u1', name: 'Ann' };

/** What this process has open; nothing where the system does not tell. */
function openFiles(): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return [];
    }
  });
}

describe('a journal that is opened again', () => {
  it('has all entries, as they were', async () => {
    const directory = temporaryDirectory();
    const before = openIn(directory);
    await Promise.all(['1', '2\0', '3 😀'].map((text) => commit(before, line('attic', text))));
    const entries = await before.read('attic', { limit: 10 });
    await before.close();
    const after = openIn(directory);
    expect(await after.read('attic', { limit: 10 })).toEqual(entries);
    expect(after.newestId()).toBe(before.newestId());
  });

  it('goes on with greater ids, though the clock was set back', async () => {
    const directory = temporaryDirectory();
    const before = openIn(directory);
    const { id } = await commit(before, { kind: 'private', from: ANN, to: ANN, text: 'psst', unread: true });
    await before.close();
    const after = openIn(directory, { now: () => Date.now() - 3_600_000 });
    expect((await commit(after, line('attic', 'later'))).id).toBeGreaterThan(id);
  });

  it('has what was acknowledged when nobody had the time to close it', async () => {
    const directory = temporaryDirectory();
    const journal = openIn(directory);
    const told: string[] = [];
    for (let i = 0; i < 500; i++) {
      journal.append(line(`room${i % 3}`, `${i}`), ({ ok }) => ok && told.push(`${i}`));
      if (i % 50 === 0) await commit(journal, line('beat', `${i}`));
    }
    const acknowledged = [...told];
    const after = openIn(copyOf(directory));
    const found = (await Promise.all([0, 1, 2].map((i) => textsOf(after, `room${i}`)))).flat();
    expect(found).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(found).size).toBe(found.length);
    expect(acknowledged.length).toBeGreaterThan(400);
  });

  it('has no room that was deleted, and gives its space back', async () => {
    const directory = temporaryDirectory();
    const journal = openIn(directory);
    await Promise.all(Array.from({ length: 3_000 }, (_, i) => commit(journal, line('attic', `${i}`))));
    await commit(journal, { kind: 'room.deleted', room: 'attic' });
    await journal.close();
    const size = () => statSync(join(directory, 'journal.db')).size;
    const full = size();

    const again = openIn(directory);
    expect(await textsOf(again, 'attic')).toEqual([]);
    // What is left of it goes in steps, one a turn of the event loop.
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    await Promise.all(Array.from({ length: 2_000 }, (_, i) => commit(again, line('cellar', `${i}`))));
    await again.close();
    expect(size()).toBeLessThan(full * 1.2);
  });

  it('gives the space back also while there is always something to commit', async () => {
    const directory = temporaryDirectory();
    const journal = openIn(directory);
    await Promise.all(Array.from({ length: 3_000 }, (_, i) => commit(journal, line('attic', `${i}`))));
    await commit(journal, { kind: 'room.deleted', room: 'attic' });
    await new Promise<void>((resolve) => {
      let commits = 0;
      const next = () => {
        commits += 1;
        if (commits < 400) journal.append(line('den', 'hello'), next);
        else resolve();
      };
      next();
    });
    await journal.close();
    const db = new Database(join(directory, 'journal.db'));
    expect(db.prepare('SELECT count(*) AS left FROM doomed').all()).toMatchObject([{ left: 0 }]);
    const astray = 'SELECT count(*) AS left FROM entries WHERE room NOT IN (SELECT room FROM rooms)';
    expect(db.prepare(astray).all()).toMatchObject([{ left: 0 }]);
    db.close();
  });

  it('keeps no more of a room than it is set to', async () => {
    const directory = temporaryDirectory();
    const journal = openIn(directory, { entriesKept: 110 });
    for (let i = 0; i < 160; i++) await commit(journal, line('attic', `${i}`));
    expect(await textsOf(journal, 'attic')).toEqual(Array.from({ length: 110 }, (_, i) => `${i + 50}`));
  });

  it('keeps less once it is set to less, of rooms where nobody writes too', async () => {
    const directory = temporaryDirectory();
    const journal = openIn(directory);
    const texts = Array.from({ length: 1_300 }, (_, i) => `${i}`);
    for (const [room, count] of Object.entries({ attic: 1_300, cellar: 1_300, den: 90, loft: 150 })) {
      await Promise.all(texts.slice(0, count).map((text) => commit(journal, line(room, text))));
    }
    await journal.close();
    const bounded = openIn(directory, { entriesKept: 110 });
    // It goes in steps: no commit waits for all of it, and one that comes between does not end it.
    await commit(bounded, line('attic', 'more'));
    const isKept = async () => {
      const left = await Promise.all(
        ['attic', 'cellar', 'loft'].map((room) => textsOf(bounded, room, 1_300)),
      );
      // What is left is whole at any time.
      expect(left[1]).toEqual(texts.slice(-(left[1]?.length ?? 0)));
      expect(left[2]?.length).toBeGreaterThanOrEqual(110);
      return left.every(({ length }) => length === 110);
    };
    await vi.waitUntil(isKept, { timeout: 20_000 });
    expect(await textsOf(bounded, 'attic')).toEqual([...texts.slice(-109), 'more']);
    expect(await textsOf(bounded, 'den')).toHaveLength(90);
    await bounded.close();
    expect(checkDirectory(directory)).toMatchObject({ entries: 420, damages: [] });
  });

  it('makes all of a change or nothing, and goes on after one that can not be made', async () => {
    const directory = temporaryDirectory();
    const journal = openIn(directory);
    await commit(journal, { kind: 'session.begun', user: ANN, digest: 'a' });
    tamper(directory, `UPDATE sessions SET body = replace(body, 'Ann', 'Eve')`);
    const change = [
      commit(journal, line('attic', 'before')),
      commit(journal, { kind: 'user.renamed', user: ANN, name: 'Anna' }),
    ];
    const fault = { name: 'StorageFault', message: 'session u1 is damaged' };
    for (const part of change) await expect(part).rejects.toMatchObject(fault);
    await commit(journal, line('attic', 'after'));
    expect(await textsOf(journal, 'attic')).toEqual(['after']);
  });

  it('goes on for all others where what one user is to have read is damaged', async () => {
    const directory = temporaryDirectory();
    const journal = openIn(directory);
    await commit(journal, { kind: 'session.begun', user: ANN, digest: 'a' });
    await commit(journal, { kind: 'private', from: ANN, to: ANN, text: 'psst', unread: true });
    tamper(directory, `UPDATE privates SET body = replace(body, 'psst', 'pfft')`);
    await expect(commit(journal, { kind: 'private.read', user: ANN })).rejects.toThrow('is damaged');
    await commit(journal, line('attic', 'after'));
    expect(await textsOf(journal, 'attic')).toEqual(['after']);
  });

  it('knows what it takes on the disk, which is nothing when that is taken away', async () => {
    const directory = join(temporaryDirectory(), 'data');
    const journal = openIn(directory);
    await commit(journal, line('attic', 'hello'));
    const sizes = ['', '-wal'].map((suffix) => statSync(join(directory, `journal.db${suffix}`)).size);
    expect(sizes.every((size) => size > 0)).toBe(true);
    expect(journal.bytes()).toBe(sizes.reduce((sum, size) => sum + size));
    rmSync(directory, { recursive: true });
    expect(journal.bytes()).toBe(0);
  });

  it('rests when there is nothing to do, and lets go of its files when it is closed', async () => {
    const directory = join(temporaryDirectory(), 'data');
    const journal = openIn(directory);
    const isBusy = () => process.getActiveResourcesInfo().includes('Immediate');
    await expect.poll(isBusy).toBe(false);
    await commit(journal, line('attic', 'hello'));
    await expect.poll(isBusy).toBe(false);
    const open = () => openFiles().filter((path) => path.startsWith(directory));
    const before = open();
    await journal.close();
    // SQLite lets go of its own when its statements are collected.
    const after = open();
    expect(after).not.toContain(join(directory, 'newest'));
    const logs = (paths: string[]) => paths.filter((path) => path.endsWith('-wal')).length;
    if (process.platform === 'linux') expect(logs(after)).toBeLessThan(logs(before));
  });

  it('leaves a database that is whole without its log once it is closed', async () => {
    const directory = temporaryDirectory();
    const journal = openIn(directory);
    await commit(journal, line('attic', 'hello'));
    await journal.close();
    const copy = copyOf(directory);
    rmSync(join(copy, 'journal.db-wal'), { force: true });
    expect(await textsOf(openIn(copy), 'attic')).toEqual(['hello']);
  });

  it('makes a directory where there is none, for its owner alone', async () => {
    const parent = temporaryDirectory();
    for (const directory of [join(parent, 'data'), join(parent, 'not', 'there')]) {
      await commit(openIn(directory), line('attic', 'hello'));
      expect(statSync(directory).mode & 0o777).toBe(0o700);
    }
    expect(statSync(join(parent, 'not')).mode & 0o777).toBe(0o700);
  });

  it('takes an empty directory, and one that was left before it was whole', async () => {
    const directory = join(temporaryDirectory(), 'data');
    mkdirSync(directory);
    const unfinished = new Database(join(directory, 'journal.db.new'));
    unfinished.exec('CREATE TABLE meta (half TEXT)');
    unfinished.close();
    writeFileSync(join(directory, 'journal.db.new-journal'), 'half');
    await openIn(directory).close();
    expect(readdirSync(directory).filter((name) => name.includes('new-') || name.endsWith('new'))).toEqual(
      [],
    );
    await commit(openIn(directory), line('attic', 'hello'));
  });
});
