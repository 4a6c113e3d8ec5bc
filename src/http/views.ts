import type { Entry, RoomSummary, Stats, User } from '../protocol/entities.ts';

/** What the REST endpoints may see of the chat. `undefined` says that there is no such room. */
export interface Views {
  /** Sorted by name, those behind `after`. */
  rooms(after: string | undefined, limit: number): RoomSummary[];
  /** Sorted by name, those behind `after`. */
  users(room: string, after: string | undefined, limit: number): User[] | undefined;
  /** Oldest first, the newest `limit` of those below the id `before`. */
  history(room: string, before: number | undefined, limit: number): Promise<Entry[] | undefined>;
  stats(): Stats;
}
