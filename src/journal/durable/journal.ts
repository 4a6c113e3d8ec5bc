/** The journal that outlives its process: a data directory with an SQLite database (ADR 0008). */
import { statSync } from 'node:fs';
import type { Entry } from '../../protocol/entities.ts';
import { HISTORY_KEPT } from '../../protocol/limits.ts';
import { type Journal, type JournalRecord, NOTHING_RECOVERED, type Outcome, type Stamp } from '../journal.ts';
import { openDirectory } from './database.ts';
import { asFault, asOpeningFault, StorageFault } from './fault.ts';
import { filesOf } from './files.ts';
import { LogFile } from './log-file.ts';
import { Tables } from './tables.ts';
import { Tidying } from './tidying.ts';

export interface DurableOptions {
  directory: string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Entries of a room, never fewer than a room has in memory; 0 keeps all. */
  entriesKept?: number;
  /** Hears of the first commit that fails, and of the first that succeeds again. */
  health?: (state: { ok: true } | { ok: false; error: StorageFault }) => void;
  /** Hears of each attempt to read what can't be read. */
  unreadable?: (error: StorageFault) => void;
  /** Has the disk take what was written; tests let it fail. */
  sync?: () => Promise<void> | undefined;
}

/** Some of what is deleted goes after so many commits: looking for it each time would cost as much as a commit. */
const COMMITS_PER_TIDYING = 50;

/**
 * What is done even if it can't be stored: who has left is gone. It is stored with the next that can be, or else the
 * next life of the server would know of it again. Nothing that reads a row first: one that is damaged would then fail
 * every commit that follows.
 */
const DONE_ALL_THE_SAME = new Set<JournalRecord['kind']>([
  'session.ended',
  'member.left',
  'room.deleted',
  'private.undelivered',
]);

interface Append {
  record: JournalRecord;
  settled: (outcome: Outcome) => void;
}

/**
 * @returns a journal that goes on where the directory ends
 * @throws StorageFault with one line on why the directory can't be used
 */
export function openDurableJournal(options: DurableOptions): Journal {
  const { directory, now, entriesKept = 0, health, unreadable } = options;
  const files = filesOf(directory);
  const kept = entriesKept === 0 ? Number.POSITIVE_INFINITY : Math.max(entriesKept, HISTORY_KEPT);
  const { db, log, newestFile, tables, closeAll, ...found } = openAll(directory, kept, now());
  let { recovered } = found;
  const sync = options.sync ?? (() => log.sync());

  /** What outcomes were told of; what is newer is nobody's to see. */
  let newestId = tables.newestId();
  // In microseconds, as in memory, so that one may follow on the other.
  let lastId = Math.max(newestId, Math.floor(now() * 1000));
  let lastTs = 0;
  let waiting: Append[] = [];
  let owed: JournalRecord[] = [];
  let working: Promise<void> | undefined;
  /** Set when no commit can be relied on any more. */
  let broken: StorageFault | undefined;
  let isFailing = false;
  let isClosed = false;
  let commits = 0;
  /** Whether the event loop has come round while the last commit was synced. */
  let hasTurned = false;
  const tidying = new Tidying(
    () => !broken && tables.tidy(now() / 1000),
    () => working !== undefined,
  );
  tidying.goOn();

  function append(record: JournalRecord, settled: Append['settled']): void {
    waiting.push({ record, settled });
    // Behind the sockets that are read in this turn of the loop: what they bring is one commit.
    working ??= turn().then(work);
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      settle(batch, await store(batch));
      commits += 1;
      if (commits % COMMITS_PER_TIDYING === 0) tidying.now();
      // Those who are to be told of this one are, before the next: the sockets are written to at the end of a turn.
      if (!hasTurned) await turn();
    }
    working = undefined;
    tidying.goOn();
  }

  async function store(batch: Append[]): Promise<Stamp[] | StorageFault> {
    hasTurned = false;
    if (broken) return broken;
    const records = batch.map(({ record }) => record);
    const late = owed.map((record) => ({ record, stamp: stamp() }));
    const stamps = batch.map(() => stamp());
    try {
      const before = tables.newestId();
      tables.apply([...late, ...records.map((record, i) => ({ record, stamp: stamps[i] as Stamp }))]);
      owed = [];
      if (log.hasBegunAgain()) tables.noteBase(before);
    } catch (error) {
      owed.push(...records.filter(({ kind }) => DONE_ALL_THE_SAME.has(kind)));
      return asFault(error, directory);
    }
    try {
      const handed = sync();
      await handed;
      hasTurned = handed !== undefined;
      newestFile.write(lastId);
      return stamps;
    } catch (error) {
      // Nobody knows now what is on the disk; SQLite believes that all is.
      broken = asFault(error, directory);
      return broken;
    }
  }

  function stamp(): Stamp {
    lastId += 1;
    lastTs = Math.max(lastTs, now() / 1000);
    return { id: lastId, ts: lastTs };
  }

  function settle(batch: Append[], stored: Stamp[] | StorageFault): void {
    const failed = stored instanceof StorageFault;
    if (failed !== isFailing && !isClosed) health?.(failed ? { ok: false, error: stored } : { ok: true });
    isFailing = failed;
    batch.forEach(({ settled }, i) => {
      if (failed) {
        settled({ ok: false, error: stored });
        return;
      }
      const stamp = stored[i] as Stamp;
      newestId = stamp.id;
      settled({ ok: true, stamp });
    });
  }

  function readEntries(room: string, below: number, limit: number): Entry[] {
    try {
      return tables.entries.read(room, below, limit);
    } catch (error) {
      const fault = asFault(error, directory);
      unreadable?.(fault);
      throw fault;
    }
  }

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    while (working) await working;
    if (owed.length > 0) await store([]);
    tidying.stop();
    settleLog();
    // After the database: closing it lets go of what SQLite has locked.
    closeAll();
    isClosed = true;
    broken = new StorageFault('the journal is closed');
  }

  /** Closing alone does not, since libsql keeps the connection for as long as its statements are not collected. */
  function settleLog(): void {
    try {
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // On a full disk the log stays, and is read on the next start.
    }
  }

  return {
    append,
    async read(room, { before = Number.POSITIVE_INFINITY, limit }) {
      return readEntries(room, Math.min(before, newestId + 1), limit);
    },
    recent: (room, limit) => readEntries(room, newestId + 1, limit),
    recovered() {
      const all = recovered;
      recovered = NOTHING_RECOVERED;
      return all;
    },
    newestId: () => newestId,
    bytes: () => sizeOf(files.database) + sizeOf(files.log),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** @param now milliseconds since the epoch */
function openAll(directory: string, kept: number, now: number) {
  const { db, newestFile, close: closeDirectory } = openDirectory(directory);
  let log: LogFile | undefined;
  const closeAll = () => {
    closeDirectory();
    log?.close();
  };
  try {
    const tables = new Tables(db, kept);
    const recovered = tables.recovered(now / 1000);
    tables.found(now);
    log = new LogFile(filesOf(directory).log);
    return { db, log, newestFile, tables, recovered, closeAll };
  } catch (error) {
    closeAll();
    throw asOpeningFault(error, directory);
  }
}

/** Resolves when the event loop has come round. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
