/** What a room tells its members: each frame is encoded once, whoever gets it. */
import { type EncodedFrame, encode, encodeBeforeUsers, encodeWithUsers } from '../../protocol/encode.ts';
import type { Entry } from '../../protocol/entities.ts';
import { HISTORY_ON_JOIN, WHOLE_LIST_MAX } from '../../protocol/limits.ts';
import type { Asker } from '../connection.ts';
import type { RoomContext } from './context.ts';
import type { Member } from './roster.ts';

export function tellPosted(room: RoomContext, { type, ...spoken }: Entry): void {
  if (type === 'system') return;
  const { id, from, text, ts } = spoken;
  broadcast(room, encode({ type, room: room.name, id, from, text, ts }));
  // Nobody acts on this count, so it is no event: a step of a machine would be a tenth of what a message costs.
  room.world.counts.messages_total += 1;
}

/** The newcomer gets the room as it is; the others get the newcomer. */
export function tellJoined(room: RoomContext, member: Member, asker: Asker | undefined): void {
  const { name, roster } = room;
  const count = roster.size;
  const history = room.history.last(HISTORY_ON_JOIN);
  const joined = (ref: string | undefined) => ({ type: 'joined', room: name, history, count, ref }) as const;
  member.session.send({ type: 'room.joined', room: name, member });
  if (isLarge(room)) {
    const users = roster.firstUsersTail();
    room.changes.look(member.id);
    member.outbox.announceAs((ref) => encodeBeforeUsers(joined(ref), users), asker);
    noteChange(room, member, undefined);
  } else {
    const users = usersJson(room);
    member.outbox.announceAs((ref) => encodeWithUsers(joined(ref), users), asker);
    const frame = { type: 'user_joined', room: name, user: member.name, count } as const;
    broadcast(room, encodeWithUsers(frame, users), member);
  }
  tellStats(room);
}

export function tellLeft(room: RoomContext, member: Member, asker: Asker | undefined): void {
  const { name } = room;
  member.outbox.announce({ type: 'left', room: name }, asker);
  if (isLarge(room)) noteChange(room, member, member.name);
  else tellLeftByName(room, member);
  tellStats(room);
}

/** The room may just have stopped being large: then the others know the leaver as they were last told. */
function tellLeftByName(room: RoomContext, member: Member): void {
  const { name, roster, changes } = room;
  const { onlookers } = changes;
  const { known, isSeen } = changes.withdraw(member);
  flushPresence(room);
  arrangeTelling(room);
  const frame = { type: 'user_left', room: name, user: known ?? member.name, count: roster.size } as const;
  if (known !== undefined) broadcast(room, encodeWithUsers(frame, usersJson(room)));
  else if (isSeen) tell(room, onlookers, encodeWithUsers(frame, usersJson(room)));
}

export function tellRenamed(room: RoomContext, member: Member, before: string): void {
  const { name, roster } = room;
  if (isLarge(room)) {
    noteChange(room, member, before);
    return;
  }
  const names = { old_name: before, new_name: member.name };
  const frame = { type: 'nick_changed', ...names, room: name, count: roster.size } as const;
  broadcast(room, encodeWithUsers(frame, usersJson(room)), member);
}

export function showTyping(room: RoomContext, member: Member, typing: boolean): void {
  if (member.typing === typing) return;
  member.typing = typing;
  // One who is about to come in is shown as typing with their coming.
  if (!room.roster.has(member.id)) return;
  broadcast(room, encode({ type: 'typing', room: room.name, user: member.name, typing }), member);
}

/** Tells the net change of an interval; at once when the room stops being large, so that order is kept. */
export function flushPresence(room: RoomContext): void {
  const { name, changes, roster } = room;
  const { onlookers } = changes;
  const { all, forOnlookers } = changes.take(name, roster);
  const usual = all && encode(all);
  const theirs = forOnlookers ? encode(forOnlookers) : usual;
  for (const member of roster) {
    const frame = onlookers.has(member.id) ? theirs : usual;
    if (frame) member.outbox.send(frame);
  }
}

function noteChange(room: RoomContext, member: Member, nameBefore: string | undefined): void {
  room.changes.note(member.id, nameBefore);
  arrangeTelling(room);
}

/** A step of its own: of a thousand changes in an interval one sets the timer. */
function arrangeTelling({ changes, self }: RoomContext): void {
  if (!changes.isArranged) self.send({ type: 'presence.changed' });
}

function broadcast({ roster }: RoomContext, frame: EncodedFrame, except?: Member): void {
  for (const member of roster) if (member !== except) member.outbox.send(frame);
}

function tell({ roster }: RoomContext, userIds: Iterable<string>, frame: EncodedFrame): void {
  for (const id of userIds) roster.get(id)?.outbox.send(frame);
}

function usersJson({ roster }: RoomContext): string {
  return JSON.stringify(roster.users(WHOLE_LIST_MAX));
}

function isLarge({ roster }: RoomContext): boolean {
  return roster.size > WHOLE_LIST_MAX;
}

function tellStats({ name, roster, world }: RoomContext): void {
  world.stats.send({ type: 'room.resized', room: name, users: roster.size });
}
