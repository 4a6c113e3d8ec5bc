import type { Entry } from '../protocol/entities.ts';

/**
 * What happened, in one order for the whole server: the truth that every actor's state is made from.
 *
 * Whoever changes something appends a record and applies the change when it is told that the record is
 * committed. Outcomes are told in the order of the appends, so ids are published rising over all rooms and a
 * client needs one cursor only.
 */
export interface Journal {
  /**
   * Stores a record. Never throws and never answers before it returns.
   * @param settled told once, synchronously after the outcomes of all earlier appends
   */
  append(record: JournalRecord, settled: (outcome: Outcome) => void): void;

  /**
   * Reads entries of a room, oldest first: the newest `limit` of those with an id below `before`.
   * A room that is not known has none.
   */
  read(room: string, range: HistoryRange): Promise<Entry[]>;

  /**
   * The newest `limit` entries of a room, oldest first, at once: a store that can't read at once keeps them.
   * @throws when they can't be read
   */
  recent(room: string, limit: number): Entry[];

  /** The id of the newest committed record; 0 when there is none. */
  newestId(): number;

  /** Commits what was appended, tells its outcomes, and gives back what the store holds. */
  close(): Promise<void>;
}

export interface HistoryRange {
  before?: number | undefined;
  limit: number;
}

/** Who is meant, also after a rename. */
export interface Party {
  id: string;
  name: string;
}

export type JournalRecord =
  | { kind: 'room.created'; room: string; by: Party }
  | { kind: 'room.deleted'; room: string }
  | { kind: 'member.joined'; room: string; user: Party }
  | { kind: 'member.left'; room: string; user: Party }
  | { kind: 'user.renamed'; user: Party; name: string }
  | { kind: 'entry'; room: string; type: Entry['type']; from: string; text: string }
  | { kind: 'private'; from: Party; to: Party; text: string };

export interface Stamp {
  id: number;
  /** Seconds since the epoch. */
  ts: number;
}

export type Outcome = { ok: true; stamp: Stamp } | { ok: false; error: Error };
