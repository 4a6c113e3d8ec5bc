/** What a room writes into the journal, and what it makes of the outcomes. */
import type { JournalRecord, Sent, Stamp } from '../../journal/journal.ts';
import type { Entry } from '../../protocol/entities.ts';
import { type Mistake, mistake } from '../../protocol/errors.ts';
import { SYSTEM_NAME } from '../../protocol/limits.ts';
import { append as appendRecord } from '../append.ts';
import type { RoomContext } from './context.ts';
import type { RoomEvent } from './events.ts';

type Of<T extends RoomEvent['type']> = Extract<RoomEvent, { type: T }>;

/** A user's room begins with the server's word on who created it. */
export function appendFounding(room: RoomContext): void {
  const { name, founder, world } = room;
  if (!founder) return;
  append(
    room,
    { kind: 'room.created', room: name, by: founder },
    {
      committed: ({ id }) => {
        room.founding.isCommitted = true;
        world.stats.send({ type: 'room.created', room: name, by: founder.name, id });
      },
    },
  );
  appendLine(
    room,
    { type: 'system', from: SYSTEM_NAME, text: `${founder.name} created the room` },
    undefined,
    {},
  );
}

export function appendDeletion(room: RoomContext): void {
  const { name, world } = room;
  append(
    room,
    { kind: 'room.deleted', room: name },
    {
      committed: ({ id }) => {
        if (room.founding.isCommitted) world.stats.send({ type: 'room.deleted', room: name, id });
      },
    },
  );
}

export function appendJoin(room: RoomContext, { member, asker }: Of<'member.join'>): void {
  const { arriving, history, self, name } = room;
  const refuse = (what: string) => {
    const failure = mistake('storage_failed', what);
    self.send({ type: 'join.failed', member, asker, mistake: failure });
    member.session.send({ type: 'join.refused', room: name, member, asker, mistake: failure });
  };
  arriving.add(member);
  // Who joins is shown it.
  if (!history.isReadable) {
    refuse('read the history');
    return;
  }
  append(
    room,
    { kind: 'member.joined', room: name, user: { id: member.id, name: member.name } },
    {
      committed: () => self.send({ type: 'join.committed', member, asker }),
      failed: () => refuse('store your joining'),
    },
  );
}

/**
 * A leave that could not be stored is still done in memory: the session has given up the room already, and
 * a member whom nobody speaks for would stay forever.
 */
export function appendLeave(room: RoomContext, { user, asker }: Of<'member.leave'>): void {
  const leave = () => room.self.send({ type: 'leave.committed', user, asker });
  append(room, { kind: 'member.left', room: room.name, user }, { committed: leave, failed: leave });
}

export function appendEntry(room: RoomContext, { kind, author, text, receipt }: Of<'message.post'>): void {
  const line = kind === 'action' ? `* ${author.name} ${text}` : text;
  const { ref } = receipt;
  appendLine(
    room,
    { type: kind, from: author.name, text: line },
    ref === undefined ? undefined : { by: author.id, ref },
    {
      // After the room has broadcast it: an author sees the message before its ack.
      committed: (stamp) => receipt.store(stamp, room.name),
      failed: (failure) => receipt.refuse(failure),
    },
  );
}

interface Settlement {
  committed(stamp: Stamp): void;
  failed?(mistake: Mistake): void;
}

function appendLine(
  room: RoomContext,
  line: Omit<Entry, 'id' | 'ts'>,
  sent: Sent | undefined,
  settlement: Partial<Settlement>,
): void {
  append(
    room,
    { kind: 'entry', room: room.name, ...line, sent },
    {
      committed: (stamp) => {
        room.self.send({ type: 'entry.committed', entry: { id: stamp.id, ...line, ts: stamp.ts } });
        settlement.committed?.(stamp);
      },
      failed: settlement.failed,
    },
  );
}

function append(room: RoomContext, record: JournalRecord, { committed, failed }: Settlement): void {
  appendRecord(room, record, (outcome) => {
    if (outcome.ok) committed(outcome.stamp);
    else failed?.(mistake('storage_failed', 'store your message'));
  });
}
