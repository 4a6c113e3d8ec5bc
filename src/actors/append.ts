import type { JournalRecord, Outcome } from '../journal/journal.ts';
import type { World } from './world.ts';

/** An actor that appends to the journal. */
interface Author {
  readonly self: { told(run: () => void): void };
  readonly world: World;
}

/**
 * Appends a record for an actor. What is sent when its outcome is told is seen to come from that actor: the
 * journal itself knows nobody.
 */
export function append(
  { self, world }: Author,
  record: JournalRecord,
  settled: (outcome: Outcome) => void,
): void {
  world.journal.append(record, (outcome) => self.told(() => settled(outcome)));
}
