import type { World } from '../world.ts';
import type { SessionRef } from './events.ts';
import type { SessionRecord } from './record.ts';

/** What a session's actor works on: all that it is, who it is to others, and the world around it. */
export interface SessionContext {
  readonly record: SessionRecord;
  readonly self: SessionRef;
  readonly world: World;
}
