import { crc32 } from 'node:zlib';
import type { Entry } from '../../protocol/entities.ts';
import type { JournalRecord, Party, RecoveredRoom, Stamp } from '../journal.ts';
import { type Bytes, maybeTextOf, read, textOf } from './columns.ts';
import type { Db } from './database.ts';
import { StorageFault } from './fault.ts';
import { checksumOf } from './sealed.ts';

/** A room's place in the tables: its key, and the numbers of the first and the last entry that are kept. */
interface Place {
  readonly room: number;
  first: number;
  last: number;
}

interface Row {
  id: number;
  number: number;
  ts: number;
  body: string;
  crc: number;
}

interface RoomRow {
  room: number;
  name: Bytes;
  founder: Bytes;
  created_at: number;
  crc: number;
}

type Found = Omit<Row, 'body'> & { body: Bytes };

function rowOf(found: Found): Row {
  return { ...found, body: textOf(found.body) };
}

/** The entries of all rooms, in the tables. Whoever calls begins and ends the transaction, and before that calls `settle`. */
export class Entries {
  readonly #places = new Map<string, Place>();
  /** Those whose numbers are others than the table says. */
  readonly #moved = new Set<Place>();
  readonly #statements: ReturnType<typeof prepare>;
  readonly #kept: number;
  /** No room grows beyond what is kept, so none has to be looked at twice. */
  #isTrimmed = false;

  /** @param kept entries of a room; older ones are deleted */
  constructor(db: Db, kept: number) {
    this.#statements = prepare(db);
    this.#kept = kept;
  }

  add(record: Extract<JournalRecord, { kind: 'entry' }>, { id, ts }: Stamp): void {
    // A standing room is created by nobody: its first entry is what makes it.
    const place = this.#place(record.room) ?? this.#create(record.room, { id, ts }, null);
    const { type, from, text } = record;
    const body = JSON.stringify([type, from, text]);
    place.last += 1;
    const crc = checksum({ id, number: place.last, ts, body });
    this.#statements.insert.run(place.room, id, place.last, ts, body, crc);
    this.#dropOldest(place);
    this.#moved.add(place);
  }

  /** Writes down where the rooms of this transaction begin and end: once for all their entries. */
  settle(): void {
    for (const { first, last, room } of this.#moved) this.#statements.extend.run(first, last, room);
    this.#moved.clear();
  }

  /** A room that begins: without what one of the same name may have had. */
  create(name: string, stamp: Stamp, founder: Party): void {
    this.delete(name);
    this.#create(name, stamp, JSON.stringify(founder));
  }

  /**
   * Those that were created and not deleted, and the standing ones that have entries.
   * @throws StorageFault when one is not as it was written
   */
  rooms(): RecoveredRoom[] {
    return this.eachRoom().map(({ open }) => open());
  }

  /** The same for whoever looks at all of them though one is damaged: each by its name as it stands, yet to be opened. */
  eachRoom(): { name: string; open: () => RecoveredRoom }[] {
    return (this.#statements.all.all() as RoomRow[]).map((row) => {
      const name = textOf(row.name);
      return { name, open: () => roomOf(row, name) };
    });
  }

  #create(name: string, { id, ts }: Stamp, founder: string | null): Place {
    const row = [id, name, founder, ts] as const;
    this.#statements.create.run(...row, checksumOf(...row));
    const place: Place = { room: id, first: 1, last: 0 };
    this.#places.set(name, place);
    return place;
  }

  delete(name: string): void {
    const place = this.#place(name);
    if (!place) return;
    this.#places.delete(name);
    this.#moved.delete(place);
    this.#statements.doom.run(place.room);
    this.#statements.delete.run(place.room);
  }

  /**
   * @param below an id
   * @returns oldest first: the newest `limit` of those with a lower id
   * @throws StorageFault when an entry between or beside them is missing or is not as it was written
   */
  read(name: string, below: number, limit: number): Entry[] {
    const place = this.#place(name);
    if (!place) return [];
    const rows = (this.#statements.page.all(place.room, below, limit) as Found[]).reverse().map(rowOf);
    const [next] = (this.#statements.next.all(place.room, below) as Found[]).map(rowOf);
    const end = next ? next.number - 1 : place.last;
    const begin = Math.max(place.first, end - limit + 1);
    const isWhole = rows.length === end - begin + 1 && rows.every(({ number }, i) => number === begin + i);
    // The one behind them as well: by a damaged id it may have come to be there.
    const looked = next ? [...rows, next] : rows;
    if (!isWhole || !looked.every((row) => row.crc === checksum(row))) {
      throw new StorageFault(`the history of room ${name} is damaged below ${below}`);
    }
    return rows.map(({ id, ts, body }) => {
      const [type, from, text] = JSON.parse(body) as [Entry['type'], string, string];
      return { id, type, from, text, ts };
    });
  }

  /** What was remembered of a transaction that was rolled back. */
  forget(): void {
    this.#places.clear();
    this.#moved.clear();
  }

  /**
   * Deletes what belongs to no room any more.
   * @param limit entries deleted at once
   * @returns whether there is more
   */
  purge(limit: number): boolean {
    const { doomed, purge, bury } = this.#statements;
    const [next] = doomed.all() as { room: number }[];
    if (!next) return false;
    const { changes } = purge.run(next.room, next.room, limit);
    if (changes < limit) bury.run(next.room);
    return true;
  }

  /**
   * Deletes of one room what is more than is kept now: it was more once.
   * @param limit entries deleted at once
   * @returns whether there may be more
   */
  trim(limit: number): boolean {
    if (this.#isTrimmed) return false;
    const [longest] = this.#statements.longest.all() as { name: Bytes }[];
    const place = longest && this.#place(textOf(longest.name));
    const surplus = place ? place.last - place.first + 1 - this.#kept : 0;
    if (!place || surplus <= 0) {
      this.#isTrimmed = true;
      return false;
    }
    const count = Math.min(surplus, limit);
    this.#statements.purge.run(place.room, place.room, count);
    place.first += count;
    this.#moved.add(place);
    return true;
  }

  #place(name: string): Place | undefined {
    const known = this.#places.get(name);
    if (known) return known;
    const [found] = this.#statements.find.all(name) as Place[];
    if (found) this.#places.set(name, found);
    return found;
  }

  /** Two at most: one for the one that came, and one more if more used to be kept. */
  #dropOldest(place: Place): void {
    for (let i = 0; i < 2 && place.last - place.first >= this.#kept; i++) {
      this.#statements.dropOldest.run(place.room, place.room);
      place.first += 1;
    }
  }
}

function roomOf({ room, founder: bytes, created_at: createdAt, crc }: RoomRow, name: string): RecoveredRoom {
  const founder = maybeTextOf(bytes);
  if (checksumOf(room, name, founder ?? null, createdAt) !== crc) {
    throw new StorageFault(`the room ${name} is damaged`);
  }
  return { name, founder: founder === undefined ? undefined : JSON.parse(founder), createdAt };
}

function prepare(db: Db) {
  const columns = read({ bytes: ['body'], numbers: ['id', 'number', 'ts', 'crc'] });
  return {
    find: db.prepare(
      `SELECT ${read({ bytes: [], numbers: ['room', 'first', 'last'] })} FROM rooms WHERE name = ?`,
    ),
    all: db.prepare(
      `SELECT ${read({ bytes: ['name', 'founder'], numbers: ['room', 'created_at', 'crc'] })} FROM rooms`,
    ),
    create: db.prepare<unknown[]>(
      'INSERT INTO rooms (room, name, founder, created_at, crc, first, last) VALUES (?, ?, ?, ?, ?, 1, 0)',
    ),
    longest: db.prepare(
      `SELECT ${read({ bytes: ['name'], numbers: [] })} FROM rooms ORDER BY last - first DESC LIMIT 1`,
    ),
    extend: db.prepare('UPDATE rooms SET first = ?, last = ? WHERE room = ?'),
    delete: db.prepare('DELETE FROM rooms WHERE room = ?'),
    insert: db.prepare('INSERT INTO entries (room, id, number, ts, body, crc) VALUES (?, ?, ?, ?, ?, ?)'),
    dropOldest: db.prepare(
      'DELETE FROM entries WHERE room = ? AND id = (SELECT min(id) FROM entries WHERE room = ?)',
    ),
    page: db.prepare(
      `SELECT ${columns} FROM entries WHERE room = ? AND entries.id < ? ORDER BY entries.id DESC LIMIT ?`,
    ),
    next: db.prepare(
      `SELECT ${columns} FROM entries WHERE room = ? AND entries.id >= ? ORDER BY entries.id LIMIT 1`,
    ),
    doom: db.prepare('INSERT INTO doomed (room) VALUES (?)'),
    doomed: db.prepare('SELECT room + 0 AS room FROM doomed LIMIT 1'),
    bury: db.prepare('DELETE FROM doomed WHERE room = ?'),
    purge: db.prepare(
      'DELETE FROM entries WHERE room = ? AND id IN (SELECT id FROM entries WHERE room = ? ORDER BY id LIMIT ?)',
    ),
  };
}

function checksum({ id, number, ts, body }: Omit<Row, 'crc'>): number {
  return crc32(`${id} ${number} ${ts} ${body}`);
}
