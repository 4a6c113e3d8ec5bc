/** What must be true of the clients after every step. */
import { HISTORY_KEPT } from '../../src/protocol/limits.ts';
import type { Connection } from './connection.ts';
import type { Session, Stage } from './stage.ts';

export function checkConnections(stage: Stage): void {
  for (const connection of stage.connections) {
    const complain = (what: string) => stage.complain(`${connection.label}: ${what}`);
    checkEnd(stage, connection, complain);
    checkLists(stage, connection, complain);
    if (!connection.isOpen) continue;
    checkEntries(stage, connection, complain);
    checkPrivates(connection, complain);
    checkAnswers(stage, connection, complain);
  }
}

export function checkSessions(stage: Stage): void {
  for (const session of stage.sessions) {
    const [first, ...others] = session.open;
    for (const other of others) {
      if (first && describe(first) !== describe(other)) {
        stage.complain(`one user is told ${describe(first)} here and ${describe(other)} there`);
      }
    }
    if (session.isOver(stage.clock.now()) && first) stage.complain(`${first.label} outlives its session`);
  }
}

/** Who it is and where: what all connections of a user must agree on. */
function describe({ name, rooms }: Connection): string {
  return JSON.stringify({ name, rooms: [...rooms.keys()].sort() });
}

function checkEnd({ isRated }: Stage, connection: Connection, complain: (what: string) => void): void {
  const { isOpen, isLeaving, closeCode, mayCloseWith, quits, session } = connection;
  if (isOpen) {
    if (mayCloseWith.size > 0) complain(`is still open, should be closed with ${[...mayCloseWith]}`);
    if (quits && !isRated) complain('is still open after it has quit');
    return;
  }
  if (isLeaving || closeCode === undefined || mayCloseWith.has(closeCode)) return;
  if (closeCode === 1000 && quits) return;
  if (closeCode === 4003 && session.connections.some((each) => each.quits && each.closeCode === 1000)) return;
  if (closeCode === 1008 && isRated) return;
  complain(`was closed with ${closeCode}`);
}

/** Every list of entries is a stretch of the room's history, without a hole. */
function checkLists({ chronicle }: Stage, { lists }: Connection, complain: (what: string) => void): void {
  for (const { room, entries } of lists) for (const entry of entries) chronicle.note(room, entry);
  for (const { room, entries } of lists.splice(0)) {
    const ids = entries.map(({ id }) => id);
    const all = chronicle.ids(room, ids[0], ids.at(-1));
    if (ids.length > 0 && ids.join() !== all.join()) complain(`${room} has ${all}, and is told as ${ids}`);
    if (ids.length > HISTORY_KEPT) complain(`got ${ids.length} entries of ${room} at once`);
  }
}

/** Every entry of its rooms since it came has arrived; that none did twice is seen by the order of ids. */
function checkEntries({ chronicle }: Stage, { rooms }: Connection, complain: (what: string) => void): void {
  for (const [room, { start, received }] of rooms) {
    const due = chronicle.current(room).filter((id) => id > start);
    const missing = due.filter((id) => !received.has(id));
    if (missing.length > 0) complain(`never got ${missing} of ${room}`);
  }
}

function checkPrivates({ session, since, privates }: Connection, complain: (what: string) => void): void {
  const missing = (session as Session).privatesAfter(since).filter((key) => !privates.has(key));
  if (missing.length > 0) complain(`never got the private messages ${missing}`);
}

/** Each question has been answered as often as it was asked. */
function checkAnswers({ isRated }: Stage, connection: Connection, complain: (what: string) => void): void {
  for (const [ref, { min, got }] of connection.sentRefs) {
    if (got < min) complain(`ref ${ref} was to come back ${min} times, came ${got} times`);
  }
  if (isRated) return;
  for (const [code, { due, got }] of Object.entries(connection.errors)) {
    if (due !== got) complain(`was due ${due} ${code}, got ${got}`);
  }
}
