import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { backUpDirectory } from '../../../src/journal/durable/upkeep.ts';
import { temporaryDirectory } from '../../support/data-directory.ts';
import { commit, line, openIn } from './directory.ts';

// What only a power cut would show, and no test can make one: the disk is asked at the right moment.

/** What the disk was asked to take, by inode, in order, and what was acknowledged in between. */
const asked: (number | 'ack')[] = [];

beforeEach(() => {
  asked.length = 0;
  const { fsyncSync, fdatasyncSync, fdatasync } = fs;
  const note = (fd: number) => void asked.push(fs.fstatSync(fd).ino);
  fs.fsyncSync = (fd) => {
    fsyncSync(fd);
    note(fd);
  };
  fs.fdatasyncSync = (fd) => {
    fdatasyncSync(fd);
    note(fd);
  };
  fs.fdatasync = ((fd: number, done: fs.NoParamCallback) =>
    fdatasync(fd, (error) => {
      note(fd);
      done(error);
    })) as typeof fs.fdatasync;
  syncBuiltinESMExports();
  onTestFinished(() => {
    Object.assign(fs, { fsyncSync, fdatasyncSync, fdatasync });
    syncBuiltinESMExports();
  });
});

const inode = (...path: string[]) => fs.statSync(join(...path)).ino;

it('acknowledges nothing that the disk has not taken', async () => {
  const directory = temporaryDirectory();
  const journal = openIn(directory);
  const log = inode(directory, 'journal.db-wal');
  asked.length = 0;
  for (let i = 0; i < 60; i++) {
    await commit(journal, line('attic', `${i}`));
    asked.push('ack');
  }
  const acks = asked.flatMap((what, i) => (what === 'ack' ? [asked[i - 1]] : []));
  expect(acks).toEqual(Array.from({ length: 60 }, () => log));
});

it('has the disk take the names of what is new', async () => {
  const above = temporaryDirectory();
  const directory = join(above, 'new', 'data');
  await openIn(directory).close();
  expect(asked).toEqual(expect.arrayContaining([inode(above), inode(above, 'new'), inode(directory)]));
  expect(asked).toContain(inode(directory, 'newest'));
});

it('has the disk take a copy before it counts as one', async () => {
  const directory = temporaryDirectory();
  const journal = openIn(directory);
  await commit(journal, line('attic', 'hello'));
  const target = join(temporaryDirectory(), 'copy');
  asked.length = 0;
  backUpDirectory(directory, target);
  const [file, names] = [inode(target, 'journal.db'), inode(target)];
  expect(asked).toEqual(expect.arrayContaining([file, names]));
  expect(asked.indexOf(file)).toBeLessThan(asked.lastIndexOf(names));
});
