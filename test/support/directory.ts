import { Directory } from '../../src/actors/directory.ts';
import { createMemoryJournal } from '../../src/journal/memory.ts';
import type { SteppedClock } from './clock.ts';

/**
 * The actors of a server with no server around them: no socket, no time but the clock's.
 * @param crashes gets what crashes
 */
export function createDirectory(clock: SteppedClock, crashes: unknown[] = []): Directory {
  let minted = 0;
  return new Directory({
    clock,
    journal: createMemoryJournal(() => clock.now()),
    limits: {
      presenceGraceMs: 30_000,
      typingExpiryMs: 30_000,
      rateBurst: 1,
      ratePerSecond: 0,
      maxSessions: 1_000,
      maxRooms: 10,
      maxRoomsPerUser: 10,
    },
    secrets: {
      mint: () => `secret${++minted}`,
      mintId: () => `id${++minted}`,
      digest: (secret) => `digest of ${secret}`,
      areEqual: (digest, other) => digest === other,
    },
    random: () => 0.5,
    gauges: () => ({ uptime: 0, connections: 0, memory_bytes: 0, data_bytes: 0 }),
    crashed: (crash) => crashes.push(crash),
  });
}
