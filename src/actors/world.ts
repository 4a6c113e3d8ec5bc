import type { Journal } from '../journal/journal.ts';
import type { Clock } from './clock.ts';
import type { Directory } from './directory.ts';
import type { StatsEvent } from './stats/events.ts';

/** What every actor may use; the only ways out of a machine besides the outboxes. */
export interface World {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly limits: Limits;
  readonly directory: Directory;
  /** Where facts worth counting go. */
  readonly stats: { send(event: StatsEvent): void };
  /** What is only counted. */
  readonly counts: { messages_total: number; private_messages_total: number };
}

/** What the operator has set. */
export interface Limits {
  presenceGraceMs: number;
  typingExpiryMs: number;
  rateBurst: number;
  ratePerSecond: number;
  maxSessions: number;
  maxRooms: number;
  maxRoomsPerUser: number;
}
