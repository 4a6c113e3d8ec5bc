/** The answers to questions; they change nothing. */
import { helpText } from '../../commands/registry.ts';
import { mistake } from '../../protocol/errors.ts';
import { HISTORY_KEPT, ROOMS_PAGE_MAX, WHOLE_LIST_MAX } from '../../protocol/limits.ts';
import type { World } from '../world.ts';
import type { SessionContext } from './context.ts';
import type { SessionEvent } from './events.ts';

type Of<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>;

export function answerRooms({ directory }: World, { asker, after, limit }: Of<'rooms.list'>): void {
  const rooms = directory.rooms(after, limit ?? ROOMS_PAGE_MAX).map(({ name, users }) => ({ name, users }));
  asker.answer({ type: 'room_list', rooms });
}

export function answerUsers(
  { record, world: { directory } }: SessionContext,
  { asker, room, after, limit }: Of<'users.list'>,
): void {
  const roster = directory.roster(room);
  if (!roster) {
    asker.refuse(mistake('room_not_found', room));
    return;
  }
  const users = roster.users(limit ?? WHOLE_LIST_MAX, after);
  asker.answer({ type: 'user_list', room, users, count: roster.size });
  // What they have seen is to be told on, even if it comes to nothing.
  directory.room(room)?.send({ type: 'member.look', userId: record.id });
}

export function answerHistory({ directory, journal }: World, request: Of<'history.get'>): void {
  const { asker, room, before, limit = HISTORY_KEPT } = request;
  const history = directory.history(room);
  if (!history) {
    asker.refuse(mistake('room_not_found', room));
  } else if (before === undefined && history.isReadable) {
    asker.answer({ type: 'history', room, messages: history.last(limit) });
  } else {
    journal.read(room, { before, limit }).then(
      (messages) => asker.answer({ type: 'history', room, messages }),
      () => asker.refuse(mistake('storage_failed', 'read the history')),
    );
  }
}

export function answerHelp({ asker, room }: Of<'help.show'>): void {
  asker.answer({ type: 'system', room, text: helpText() });
}
