import { describe, expect, it } from 'vitest';
import { Syncing } from '../../../src/journal/durable/syncing.ts';
import { temporaryDirectory } from '../../support/data-directory.ts';
import { commit, line, openIn } from './directory.ts';

/** A disk whose next sync takes `ms`, and that writes down how it was asked. */
class FakeDisk {
  ms = 0.1;
  fault: Error | undefined;
  readonly asked: ('wait' | 'hand')[] = [];
  readonly syncing = new Syncing(this);
  #now = 1_000;

  wait(): void {
    this.#sync('wait');
  }

  async hand(): Promise<void> {
    this.#sync('hand');
  }

  now(): number {
    return this.#now;
  }

  /** @returns how each of so many syncs was done */
  async times(count: number): Promise<string> {
    this.asked.length = 0;
    for (let i = 0; i < count; i++) await this.syncing.sync();
    return this.asked.join(' ');
  }

  #sync(how: 'wait' | 'hand'): void {
    this.asked.push(how);
    this.#now += this.ms;
    if (this.fault) throw this.fault;
  }
}

function so(count: number, how: string): string {
  return Array(count).fill(how).join(' ');
}

describe('a sync of the log', () => {
  it('is handed to a thread until eight in a row were quick, and waited for from then on', async () => {
    const disk = new FakeDisk();
    disk.ms = 0.5;
    expect(await disk.times(30)).toBe(`${so(8, 'hand')} ${so(22, 'wait')}`);
  });

  it('is handed to a thread for as long as the disk takes its time', async () => {
    const disk = new FakeDisk();
    disk.ms = 0.51;
    expect(await disk.times(100)).toBe(so(100, 'hand'));
  });

  it('begins to count anew with one that was not quick', async () => {
    const disk = new FakeDisk();
    await disk.times(7);
    disk.ms = 1;
    await disk.times(1);
    disk.ms = 0.1;
    expect(await disk.times(10)).toBe(`${so(8, 'hand')} ${so(2, 'wait')}`);
  });

  it('is waited for on through a little more, and handed on a thousand times after one of more than 2 ms', async () => {
    const disk = new FakeDisk();
    await disk.times(8);
    disk.ms = 2;
    expect(await disk.times(3)).toBe(so(3, 'wait'));
    disk.ms = 2.01;
    expect(await disk.times(2)).toBe('wait hand');
    disk.ms = 0.1;
    expect(await disk.times(1_001)).toBe(`${so(1_000, 'hand')} wait`);
  });

  it('fails with the error of the disk, either way', async () => {
    const disk = new FakeDisk();
    disk.fault = new Error('EIO');
    await expect(disk.syncing.sync()).rejects.toThrow('EIO');
    disk.fault = undefined;
    await disk.times(8);
    disk.fault = new Error('ENOSPC');
    expect(() => disk.syncing.sync()).toThrow('ENOSPC');
    expect(disk.asked.at(-1)).toBe('wait');
  });
});

it('lets the loop come round between two commits though the disk is waited for', async () => {
  const journal = openIn(temporaryDirectory(), { sync: () => undefined });
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    journal.append(line('attic', 'first'), () => {
      setImmediate(() => order.push('turn'));
      void commit(journal, line('attic', 'second')).then(() => {
        order.push('second');
        resolve();
      });
    });
  });
  expect(order).toEqual(['turn', 'second']);
});
