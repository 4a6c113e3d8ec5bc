import type { Party } from '../../journal/journal.ts';
import type { World } from '../world.ts';
import type { RoomRef } from './events.ts';
import type { History } from './history.ts';
import type { PresenceChanges } from './presence-changes.ts';
import type { Member, Roster } from './roster.ts';

/** What a room's actor works on. */
export interface RoomContext {
  readonly name: string;
  /** Standing rooms were founded by nobody and never close. */
  readonly founder: Party | undefined;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly self: RoomRef;
  readonly world: World;
  // These are changed in place (ADR 0004).
  readonly roster: Roster;
  readonly history: History;
  readonly changes: PresenceChanges;
  /** Those whose join is accepted and not yet committed. */
  readonly arriving: Set<Member>;
  /** Whether others know of it: a room whose founding could not be stored goes as it came. */
  readonly founding: { isCommitted: boolean };
}
