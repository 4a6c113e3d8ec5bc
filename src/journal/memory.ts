import type { Entry } from '../protocol/entities.ts';
import { HISTORY_KEPT } from '../protocol/limits.ts';
import { type Journal, type JournalRecord, NOTHING_RECOVERED, type Outcome } from './journal.ts';

interface Append {
  record: JournalRecord;
  settled: (outcome: Outcome) => void;
}

/**
 * The journal that lives as long as its process. It keeps the last entries of each living room.
 * @param now milliseconds since the epoch; ids begin at it, so that they rise over restarts too
 */
export function createMemoryJournal(now: () => number): Journal {
  const rooms = new Map<string, Entry[]>();
  let waiting: Append[] = [];
  // In microseconds: a server would have to commit a million a second, all its life, to overtake the clock.
  let lastId = Math.floor(now() * 1000);
  let newestId = 0;

  function append(record: JournalRecord, settled: Append['settled']): void {
    waiting.push({ record, settled });
    // A microtask is as soon as "later" can be: a lone message still leaves in the tick in which it came.
    if (waiting.length === 1) queueMicrotask(commit);
  }

  function commit(): void {
    const batch = waiting;
    waiting = [];
    for (const { record, settled } of batch) {
      const stamp = { id: ++lastId, ts: now() / 1000 };
      newestId = stamp.id;
      keep(record, stamp.id, stamp.ts);
      settled({ ok: true, stamp });
    }
  }

  function keep(record: JournalRecord, id: number, ts: number): void {
    if (record.kind === 'room.created' || record.kind === 'room.deleted') rooms.delete(record.room);
    if (record.kind !== 'entry') return;
    const { room, type, from, text } = record;
    const entries = rooms.get(room) ?? [];
    rooms.set(room, entries);
    entries.push({ id, type, from, text, ts });
    if (entries.length > HISTORY_KEPT) entries.shift();
  }

  return {
    append,
    async read(room, { before = Number.POSITIVE_INFINITY, limit }) {
      const entries = rooms.get(room)?.filter((entry) => entry.id < before);
      return entries?.slice(-limit) ?? [];
    },
    recent: (room, limit) => rooms.get(room)?.slice(-limit) ?? [],
    recovered: () => NOTHING_RECOVERED,
    newestId: () => newestId,
    bytes: () => 0,
    async close() {
      commit();
    },
  };
}
