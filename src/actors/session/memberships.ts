/** How a session goes into rooms and out of them. */
import { mistake } from '../../protocol/errors.ts';
import { append } from '../append.ts';
import type { Asker } from '../connection.ts';
import type { Member } from '../room/roster.ts';
import type { SessionContext } from './context.ts';

/** Asks a room, creating it if need be, to let the user in; the room answers once that is committed. */
export function askToJoin({ record, self, world }: SessionContext, room: string, asker?: Asker): void {
  const { id, name, outbox, rooms, party } = record;
  const ref = world.directory.openRoom(room, party);
  if (!ref) {
    asker?.refuse(mistake('room_limit', String(world.limits.maxRooms)));
    return;
  }
  const member: Member = { id, name, typing: false, outbox, session: self };
  rooms.set(room, { member, isCommitted: false });
  ref.send({ type: 'member.join', member, asker });
}

export function askToLeave({ record, world }: SessionContext, room: string, asker?: Asker): void {
  record.rooms.delete(room);
  world.directory.room(room)?.send({ type: 'member.leave', user: record.party, asker });
}

export function leaveAllRooms(session: SessionContext): void {
  for (const room of [...session.record.rooms.keys()]) askToLeave(session, room);
}

/**
 * In one run with the leaves, so that they are stored together. The session is over in any case.
 * @param from what it was to others; undefined when they never knew of it
 */
export function appendEnd(
  { record, self, world }: SessionContext,
  from: 'online' | 'away' | undefined,
): void {
  const { party: user } = record;
  append({ self, world }, { kind: 'session.ended', user }, (outcome) => {
    const id = outcome.ok ? outcome.stamp.id : undefined;
    if (from) world.stats.send({ type: 'session.ended', user: user.name, from, id });
  });
}

/** Tells the rooms that nobody is there at the moment. */
export function restInRooms({ record, world }: SessionContext): void {
  for (const room of record.rooms.keys()) {
    world.directory.room(room)?.send({ type: 'member.rest', userId: record.id });
  }
}
