/** What each record makes of the tables, and what they say of where everybody was. */
import { REF_REMEMBERED_MS } from '../../protocol/limits.ts';
import type { JournalRecord, Recovered, RecoveredSession, Stamp } from '../journal.ts';
import { Counts } from './counts.ts';
import type { Db, Statement } from './database.ts';
import { Entries } from './entries.ts';
import { StoredEvents } from './events.ts';
import { StoredNotices } from './notices.ts';
import { StoredPrivates } from './privates.ts';
import { StoredSends } from './sends.ts';
import { StoredSessions } from './sessions.ts';

/** Rows deleted in one go, so that no commit waits long. */
const TIDIED_AT_ONCE = 500;

export interface Committable {
  record: JournalRecord;
  stamp: Stamp;
}

export class Tables {
  readonly entries: Entries;
  readonly #db: Db;
  readonly #counts: Counts;
  readonly #sessions: StoredSessions;
  readonly #privates: StoredPrivates;
  readonly #notices: StoredNotices;
  readonly #sends: StoredSends;
  readonly #events: StoredEvents;
  readonly #begin: Statement;
  readonly #commit: Statement;
  #newestId: number;

  /** @param entriesKept entries of a room; older ones are deleted */
  constructor(db: Db, entriesKept: number) {
    this.#db = db;
    this.entries = new Entries(db, entriesKept);
    this.#counts = new Counts(db);
    this.#sessions = new StoredSessions(db);
    this.#privates = new StoredPrivates(db);
    this.#notices = new StoredNotices(db);
    this.#sends = new StoredSends(db);
    this.#events = new StoredEvents(db);
    this.#begin = db.prepare<unknown[]>('BEGIN IMMEDIATE');
    this.#commit = db.prepare<unknown[]>('COMMIT');
    this.#newestId = this.#counts.get('newest') ?? 0;
  }

  /** Of the last record that is committed; 0 when there is none. */
  newestId(): number {
    return this.#newestId;
  }

  /** Says up to where the database has to reach without its log, for files to be known that don't go together. */
  noteBase(id: number): void {
    this.#counts.set('base', id);
  }

  /** Applies all records or none. @throws an error of the database */
  apply(batch: Committable[]): void {
    const newest = batch.at(-1)?.stamp.id ?? this.#newestId;
    this.#transact(() => {
      let messages = 0;
      let privates = 0;
      for (const { record, stamp } of batch) {
        this.#apply(record, stamp);
        this.#events.note(record, stamp.id);
        if (record.kind === 'entry' && record.type !== 'system') messages += 1;
        if (record.kind === 'private') privates += 1;
      }
      this.#counts.add('messages', messages);
      this.#counts.add('privates', privates);
      this.#counts.set('newest', newest);
    });
    this.#newestId = newest;
  }

  #transact<T>(run: () => T): T {
    this.#begin.run();
    try {
      const result = run();
      this.entries.settle();
      this.#commit.run();
      return result;
    } catch (error) {
      this.entries.forget();
      // A full disk may have ended the transaction already.
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Deletes some of what nobody can ask for any more.
   * @param now seconds since the epoch
   * @returns whether there is more
   */
  tidy(now: number): boolean {
    return this.#transact(() => {
      const before = now - REF_REMEMBERED_MS / 1000;
      this.#sessions.forget(before);
      const hasMore = [
        this.#sends.forget(before, TIDIED_AT_ONCE),
        this.entries.purge(TIDIED_AT_ONCE),
        this.entries.trim(TIDIED_AT_ONCE),
      ];
      return hasMore.includes(true);
    });
  }

  /**
   * @param now seconds since the epoch
   * @throws StorageFault when something is not as it was written
   */
  recovered(now: number): Recovered {
    const since = now - REF_REMEMBERED_MS / 1000;
    const privates = this.#privates.all();
    const notices = this.#notices.all();
    const sends = this.#sends.all(since);
    const sessions: RecoveredSession[] = [];
    const former: Recovered['former'] = [];
    for (const { user, digest, hasEnded, rooms } of this.#sessions.all(since)) {
      const { id } = user;
      const own = {
        sends: sends.get(id) ?? [],
        privates: privates.get(id) ?? [],
        notices: notices.get(id) ?? [],
      };
      if (hasEnded) former.push({ id, digest, sends: own.sends });
      else sessions.push({ user, digest, rooms, ...own });
    }
    return {
      rooms: this.entries.rooms(),
      sessions,
      former,
      events: this.#events.all(),
      messagesTotal: this.#counts.get('messages') ?? 0,
      privateMessagesTotal: this.#counts.get('privates') ?? 0,
      foundedAt: this.#foundedAt(),
    };
  }

  /** A directory knows when it was made, so that the standing rooms keep their age. */
  #foundedAt(): number | undefined {
    const founded = this.#counts.get('founded');
    return founded === undefined ? undefined : founded / 1000;
  }

  /** @param now milliseconds since the epoch */
  found(now: number): void {
    if (this.#counts.get('founded') === undefined) this.#counts.set('founded', now);
  }

  #apply(record: JournalRecord, stamp: Stamp): void {
    switch (record.kind) {
      case 'entry':
        this.entries.add(record, stamp);
        if (record.sent) this.#sends.keep(record.sent, record.room, stamp);
        break;
      case 'room.created':
        this.entries.create(record.room, stamp, record.by);
        this.#sessions.desert(record.room);
        break;
      case 'room.deleted':
        this.entries.delete(record.room);
        this.#sessions.desert(record.room);
        break;
      case 'session.begun':
        this.#sessions.begin(record.user, record.digest);
        if (record.former !== undefined) this.#sends.handOver(record.former, record.user.id);
        break;
      case 'session.ended':
        this.#sessions.end(record.user.id, stamp);
        this.#privates.drop(record.user.id);
        this.#notices.drop(record.user.id);
        break;
      case 'member.joined':
        this.#sessions.join(record.user.id, record.room);
        break;
      case 'member.left':
        this.#sessions.leave(record.user.id, record.room);
        break;
      case 'user.renamed':
        this.#sessions.rename(record.user.id, record.name);
        break;
      case 'private':
        this.#privates.keep(record, stamp);
        if (record.ref !== undefined) {
          this.#sends.keep({ by: record.from.id, ref: record.ref }, undefined, stamp);
        }
        break;
      case 'private.marked':
        this.#privates.mark(record.user.id, record.id, record.unread);
        break;
      case 'private.read':
        this.#privates.read(record.user.id);
        this.#notices.drop(record.user.id);
        break;
      case 'private.undelivered':
        this.#notices.keep(record.user.id, record.notice, stamp.id);
        break;
      case 'event.told':
        this.#events.tell(record);
        break;
    }
  }
}
