import { openBeside } from './database.ts';
import { asFault } from './fault.ts';
import { Tables } from './tables.ts';

export interface Findings {
  rooms: number;
  entries: number;
  sessions: number;
  newestId: number;
  /** One line each; none when all is well. */
  damages: string[];
}

/** Entries read at once. */
const PAGE = 1_000;

/**
 * Reads everything in a data directory and holds it against its checksums, also while a server has it.
 * @throws StorageFault when it can't be opened at all
 */
export function checkDirectory(directory: string): Findings {
  const db = openBeside(directory);
  try {
    db.exec('BEGIN');
    const tables = new Tables(db, Number.POSITIVE_INFINITY);
    const findings: Findings = {
      rooms: 0,
      entries: 0,
      sessions: 0,
      newestId: tables.newestId(),
      damages: [],
    };
    const attempt = (look: () => void) => {
      try {
        look();
      } catch (error) {
        const { message } = asFault(error, directory);
        if (!findings.damages.includes(message)) findings.damages.push(message);
      }
    };
    attempt(() => {
      findings.sessions = tables.recovered(0).sessions.length;
    });
    for (const { name, open } of tables.entries.eachRoom()) {
      findings.rooms += 1;
      attempt(open);
      attempt(() => {
        findings.entries += countEntries(tables, name);
      });
    }
    return findings;
  } finally {
    db.close();
  }
}

function countEntries({ entries }: Tables, room: string): number {
  let count = 0;
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const page = entries.read(room, before, PAGE);
    const [oldest] = page;
    if (!oldest) return count;
    count += page.length;
    before = oldest.id;
  }
}
