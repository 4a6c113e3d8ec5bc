import { EVENTS_KEPT } from '../../protocol/limits.ts';
import type { KeptEvent } from '../../protocol/server-events.ts';
import type { JournalRecord } from '../journal.ts';
import { read } from './columns.ts';
import type { Db } from './database.ts';
import { type SealedRow, seal, unseal } from './sealed.ts';

/** An event, without the count of users as long as nobody has said how it was told. */
interface Noted {
  type: KeptEvent['type'];
  data: { user?: string; room?: string; created_by?: string; count?: number };
}

/** The last events of the stream, in the tables: noted with the record that brings one about, then as it was told. */
export class StoredEvents {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  note(record: JournalRecord, id: number): void {
    const noted = eventOf(record);
    if (!noted) return;
    this.#put(id, noted);
    this.#statements.dropOld.run(EVENTS_KEPT);
  }

  tell({ of, event }: Extract<JournalRecord, { kind: 'event.told' }>): void {
    this.#put(of, event);
  }

  /**
   * Oldest first. An event that the process did not live to tell gets the count that follows from the one before.
   * @throws StorageFault when one is not as it was written
   */
  all(): { id: number; event: KeptEvent }[] {
    let online = 0;
    return (this.#statements.all.all() as (SealedRow & { id: number })[]).map((row) => {
      const { type, data } = unseal<Noted>(row.id, row, `event ${row.id}`);
      if (type === 'user_connected') online = data.count ?? online + 1;
      if (type === 'user_disconnected') online = data.count ?? Math.max(0, online - 1);
      const counted = type.startsWith('user_') ? { ...data, count: online } : data;
      return { id: row.id, event: { type, data: counted } as KeptEvent };
    });
  }

  #put(id: number, event: Noted): void {
    const { body, crc } = seal(id, event);
    this.#statements.put.run(id, body, crc);
  }
}

function eventOf(record: JournalRecord): Noted | undefined {
  switch (record.kind) {
    case 'session.begun':
      return { type: 'user_connected', data: { user: record.user.name } };
    case 'session.ended':
      return { type: 'user_disconnected', data: { user: record.user.name } };
    case 'room.created':
      return { type: 'room_created', data: { room: record.room, created_by: record.by.name } };
    case 'room.deleted':
      return { type: 'room_deleted', data: { room: record.room } };
    default:
      return undefined;
  }
}

function prepare(db: Db) {
  return {
    put: db.prepare('INSERT OR REPLACE INTO events (id, body, crc) VALUES (?, ?, ?)'),
    dropOld: db.prepare(
      'DELETE FROM events WHERE id <= (SELECT id FROM events ORDER BY id DESC LIMIT 1 OFFSET ?)',
    ),
    all: db.prepare(`SELECT ${read({ bytes: ['body'], numbers: ['id', 'crc'] })} FROM events ORDER BY id`),
  };
}
