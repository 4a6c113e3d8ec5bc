import type { Entry } from '../protocol/entities.ts';
import type { KeptEvent } from '../protocol/server-events.ts';

/**
 * What happened, in one order for the whole server: the truth that every actor's state is made from.
 *
 * Whoever changes something appends a record and applies the change when it is told that the record is
 * committed. Outcomes are told in the order of the appends, so ids are published rising over all rooms and a
 * client needs one cursor only.
 */
export interface Journal {
  /**
   * Stores a record. Never throws and never answers before it returns. What is appended in one turn of the event
   * loop is stored together or not at all.
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

  /**
   * What is there from an earlier process. To be asked before anything is appended.
   * @throws when it can't be read
   */
  recovered(): Recovered;

  /** The id of the newest committed record; 0 when there is none. */
  newestId(): number;

  /** Bytes that the store takes on the disk; 0 when it has none. */
  bytes(): number;

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

/** By which a send is known when it comes again. */
export interface Sent {
  /** The sender's id. */
  by: string;
  ref: string;
}

export type JournalRecord =
  /**
   * @property digest of the session's secret
   * @property former the id of the ended session whose sends are remembered for this one
   */
  | { kind: 'session.begun'; user: Party; digest: string; former?: string | undefined }
  /** The user is in no room any more, and free of their name. */
  | { kind: 'session.ended'; user: Party }
  | { kind: 'room.created'; room: string; by: Party }
  | { kind: 'room.deleted'; room: string }
  | { kind: 'member.joined'; room: string; user: Party }
  | { kind: 'member.left'; room: string; user: Party }
  | { kind: 'user.renamed'; user: Party; name: string }
  | { kind: 'entry'; room: string; type: Entry['type']; from: string; text: string; sent?: Sent | undefined }
  /** @property unread whether the receiver was away when it was accepted */
  | { kind: 'private'; from: Party; to: Party; text: string; unread: boolean; ref?: string | undefined }
  /** One was there to read it when it was accepted and not when it arrived, or the other way round. */
  | { kind: 'private.marked'; user: Party; id: number; unread: boolean }
  /** The user has come back to what was unread, and to what they were to be told. */
  | { kind: 'private.read'; user: Party }
  /** Nobody will read what the user wrote; they are away, and yet to be told. */
  | { kind: 'private.undelivered'; user: Party; notice: Notice }
  /** How an event of the stream was told that another record, `of`, has brought about. */
  | { kind: 'event.told'; of: number; event: KeptEvent };

export interface Stamp {
  id: number;
  /** Seconds since the epoch. */
  ts: number;
}

export type Outcome = { ok: true; stamp: Stamp } | { ok: false; error: Error };

/** What an earlier process left: where everybody was. */
export interface Recovered {
  rooms: RecoveredRoom[];
  sessions: RecoveredSession[];
  /** Sessions that have ended, and whose sends are still remembered. */
  former: { id: string; digest: string; sends: Send[] }[];
  /** The last events of the stream, oldest first, under the ids of the records that brought them about. */
  events: { id: number; event: KeptEvent }[];
  messagesTotal: number;
  privateMessagesTotal: number;
  /** Seconds since the epoch at which the store was made; undefined when it is made by this process. */
  foundedAt: number | undefined;
}

export interface RecoveredRoom {
  name: string;
  /** None for a standing room. */
  founder: Party | undefined;
  /** Seconds since the epoch. */
  createdAt: number;
}

export interface RecoveredSession {
  user: Party;
  digest: string;
  rooms: string[];
  /** Oldest first. */
  privates: KeptPrivate[];
  /** Oldest first. */
  notices: Notice[];
  sends: Send[];
}

/** What was acknowledged of late, oldest first. */
export interface Send extends Stamp {
  ref: string;
  room: string | undefined;
}

export interface PrivateMessage extends Stamp {
  from: Party;
  to: Party;
  text: string;
  /** The sender's own, for telling them if it can't be delivered. */
  ref: string | undefined;
}

/** A private message as one of the two has it. */
export interface KeptPrivate {
  message: PrivateMessage;
  direction: 'pm' | 'pm_sent';
  /** Arrived while nobody was there to read it. */
  unread: boolean;
}

/** That a private message could not be delivered. */
export interface Notice {
  /** Whom it was for. */
  to: string;
  /** The sender's own, of the message. */
  ref: string | undefined;
}

export const NOTHING_RECOVERED: Recovered = {
  rooms: [],
  sessions: [],
  former: [],
  events: [],
  messagesTotal: 0,
  privateMessagesTotal: 0,
  foundedAt: undefined,
};
