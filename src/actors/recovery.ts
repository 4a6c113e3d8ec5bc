/** How actors come back after a restart of the server: everybody where they were, and nobody told (ADR 0009). */
import type { Recovered, RecoveredRoom, RecoveredSession } from '../journal/journal.ts';
import { STANDING_ROOMS } from '../protocol/limits.ts';
import type { Member } from './room/roster.ts';
import type { Rooms } from './rooms.ts';
import { SendLedger } from './session/send-ledger.ts';
import type { Sessions } from './sessions.ts';
import type { Counts } from './stats/record.ts';
import type { World } from './world.ts';

/** What of the statistics outlives a process. All who are restored are away until they come back. */
export function recoveredCounts(recovered: Recovered): Counts {
  return {
    users_online: 0,
    users_away: recovered.sessions.length,
    rooms_count: allRooms(recovered, 0).length,
    messages_total: recovered.messagesTotal,
    private_messages_total: recovered.privateMessagesTotal,
  };
}

/** Starts the actors of an earlier life of the server, and the standing rooms in any case. */
export function restore(recovered: Recovered, world: World, rooms: Rooms, sessions: Sessions): void {
  const { clock, journal, stats } = world;
  const all = allRooms(recovered, clock.now() / 1000);
  const rosters = new Map<string, Member[]>(all.map(({ name }) => [name, []]));
  for (const session of recovered.sessions) restoreSession(session, sessions, rosters);
  for (const { id, digest, sends } of recovered.former) {
    sessions.remember({ id, digest, ledger: new SendLedger(clock, sends) });
  }

  for (const room of all) {
    const members = rosters.get(room.name) ?? [];
    if (members.length > 0 || room.founder === undefined) rooms.restore(room, members);
    else {
      // Its last member was gone, and the server before it was deleted.
      journal.append({ kind: 'room.deleted', room: room.name }, (outcome) => {
        if (outcome.ok) stats.send({ type: 'room.deleted', room: room.name, id: outcome.stamp.id });
      });
    }
  }
}

function restoreSession(
  session: RecoveredSession,
  sessions: Sessions,
  rosters: ReadonlyMap<string, Member[]>,
): void {
  const { actor, record } = sessions.restore(session);
  for (const room of session.rooms) {
    const { id, name, outbox } = record;
    const member: Member = { id, name, typing: false, outbox, session: actor };
    const roster = rosters.get(room);
    if (!roster) continue;
    roster.push(member);
    record.rooms.set(room, { member, isCommitted: true });
  }
}

/** @param now seconds since the epoch, the age of standing rooms that are new */
function allRooms({ rooms, foundedAt = 0 }: Recovered, now: number): RecoveredRoom[] {
  const standing = STANDING_ROOMS.map((name) => ({ name, founder: undefined, createdAt: foundedAt || now }));
  const isStanding = new Set<string>(STANDING_ROOMS);
  return [...standing, ...rooms.filter(({ name }) => !isStanding.has(name))];
}
