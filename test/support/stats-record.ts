import type { Clock } from '../../src/actors/clock.ts';
import { recoveredCounts } from '../../src/actors/recovery.ts';
import { StatsRecord } from '../../src/actors/stats/record.ts';
import { NOTHING_RECOVERED } from '../../src/journal/journal.ts';
import { SteppedClock } from './clock.ts';

/** What the statistics know in a server that begins with nothing. */
export function newStatsRecord(clock: Clock = new SteppedClock()): StatsRecord {
  return new StatsRecord({
    clock,
    counts: recoveredCounts(NOTHING_RECOVERED),
    events: NOTHING_RECOVERED.events,
    noteTold: () => {},
  });
}
