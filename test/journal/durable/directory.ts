import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'libsql';
import { onTestFinished } from 'vitest';
import { type DurableOptions, openDurableJournal } from '../../../src/journal/durable/journal.ts';
import { exportDirectory } from '../../../src/journal/durable/transfer.ts';
import type { Journal, JournalRecord, Stamp } from '../../../src/journal/journal.ts';
import { temporaryDirectory } from '../../support/data-directory.ts';

/** Opens a journal that the test may close, and that is closed after it. */
export function openIn(directory: string, options: Partial<DurableOptions> = {}): Journal {
  const journal = openDurableJournal({ directory, now: Date.now, ...options });
  onTestFinished(() => journal.close());
  return journal;
}

/**
 * What a power cut leaves of a directory. By another process: one that opens the database's files and closes
 * them lets go of the locks that SQLite has on them.
 */
export function copyOf(directory: string): string {
  const copy = join(temporaryDirectory(), 'copy');
  execFileSync('cp', ['-r', directory, copy]);
  return copy;
}

/** Does something to the database of a directory that nobody has open. */
export function tamper(directory: string, sql: string): void {
  const db = new Database(join(directory, 'journal.db'));
  db.exec(sql);
  db.close();
}

export function line(room: string, text: string): Extract<JournalRecord, { kind: 'entry' }> {
  return { kind: 'entry', room, type: 'message', from: 'Ann', text };
}

export function commit(journal: Journal, record: JournalRecord): Promise<Stamp> {
  return new Promise((resolve, reject) => {
    journal.append(record, (outcome) => (outcome.ok ? resolve(outcome.stamp) : reject(outcome.error)));
  });
}

export async function textsOf(journal: Journal, room: string, limit = 1_000): Promise<string[]> {
  return (await journal.read(room, { limit })).map(({ text }) => text);
}

/** The one line that opening a directory fails with. */
export function faultOf(directory: string): string {
  try {
    void openDurableJournal({ directory, now: Date.now }).close();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it opened');
}

/** All that a directory holds, as JSON lines. */
export function exported(directory: string): string {
  let text = '';
  exportDirectory(directory, (more) => {
    text += more;
  });
  return text;
}
