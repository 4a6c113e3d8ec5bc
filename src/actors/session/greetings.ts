/** The first frames of a connection: to one who is new, and to one who comes back. */
import { encode, utf8Bytes } from '../../protocol/encode.ts';
import type { Entry } from '../../protocol/entities.ts';
import { LOBBY, RESUME_MAX_BYTES, ROOMS_PAGE_MAX } from '../../protocol/limits.ts';
import { compareNames } from '../../protocol/names.ts';
import type { ServerFrameOf } from '../../protocol/server-frames.ts';
import { append } from '../append.ts';
import type { Connection } from '../connection.ts';
import type { History } from '../room/history.ts';
import type { World } from '../world.ts';
import type { SessionContext } from './context.ts';
import { askToJoin } from './memberships.ts';

/** The session begins when it is stored; the transport holds back what the client sends before it is greeted. */
export function appendBegin({ record, self, world }: SessionContext, connection: Connection): void {
  const { party: user, digest, former } = record;
  append({ self, world }, { kind: 'session.begun', user, digest, former }, (outcome) => {
    if (outcome.ok) self.send({ type: 'begin.committed', connection, id: outcome.stamp.id });
    else self.send({ type: 'begin.failed', connection });
  });
}

export function greet({ record, self, world }: SessionContext, connection: Connection): void {
  const rooms = world.directory.roomNames(ROOMS_PAGE_MAX);
  const { id: user_id, name } = record;
  connection.answer(encode({ type: 'connected', user_id, session_id: connection.secret, name, rooms }));
  record.outbox.add(connection);
  record.isGreeted = true;
  askToJoin({ record, self, world }, LOBBY);
}

/**
 * Gives a connection all it has missed, and from then on all that comes: in one go, so nothing is lost or
 * doubled in between.
 * @param cursor the newest id that the client has; 0 when it has none
 */
export function resume(
  { record, self, world }: SessionContext,
  connection: Connection,
  cursor: number,
): void {
  // A cursor from the future is one from another life of the server: it says nothing about this one.
  const since = cursor > world.journal.newestId() ? 0 : cursor;
  connection.answer(encode(resumedFrame({ record, world }, connection.secret, since)));
  if (record.mailbox.hasNews) {
    append({ self, world }, { kind: 'private.read', user: record.party }, () => {});
  }
  for (const frame of record.mailbox.since(since)) connection.answer(frame);
  record.outbox.add(connection);
  // The server may have stopped between their beginning and their first join.
  if (!record.rooms.has(LOBBY)) askToJoin({ record, self, world }, LOBBY);
}

function resumedFrame(
  { record, world }: Pick<SessionContext, 'record' | 'world'>,
  session_id: string,
  cursor: number,
): ServerFrameOf<'resumed'> {
  const rooms = [...record.rooms].filter(([, { isCommitted }]) => isCommitted).map(([name]) => name);
  rooms.sort(compareNames);
  const missed = new Map<string, Entry[]>(rooms.map((room) => [room, []]));
  const frame: ServerFrameOf<'resumed'> = {
    type: 'resumed',
    user_id: record.id,
    session_id,
    name: record.name,
    rooms,
    missedMessages: {},
    recovered: rooms.every((room) => hasAllSince(cursor, world.directory.history(room))),
  };
  let bytes = RESUME_MAX_BYTES - utf8Bytes(JSON.stringify({ ...frame, missedMessages: toObject(missed) }));

  // The newest of all rooms first, so that what does not fit is what lies furthest back.
  for (const { room, entry } of newestFirst(world, rooms, cursor)) {
    bytes -= utf8Bytes(JSON.stringify(entry)) + 1;
    if (bytes < 0) {
      frame.recovered = false;
      break;
    }
    missed.get(room)?.unshift(entry);
  }
  frame.missedMessages = toObject(missed);
  return frame;
}

function hasAllSince(cursor: number, history: History | undefined): boolean {
  return history === undefined || (history.isReadable && !history.lacksSome(cursor));
}

function newestFirst(world: World, rooms: string[], cursor: number): { room: string; entry: Entry }[] {
  const all = rooms.flatMap((room) => {
    const history = world.directory.history(room);
    const entries = history?.isReadable ? history.after(cursor) : [];
    return entries.map((entry) => ({ room, entry }));
  });
  return all.sort((a, b) => b.entry.id - a.entry.id);
}

/** A room may be called `__proto__`; this makes it a key like any other. */
function toObject(missed: Map<string, Entry[]>): Record<string, Entry[]> {
  return Object.fromEntries(missed);
}
