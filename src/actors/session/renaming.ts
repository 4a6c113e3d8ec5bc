/** A user's change of name: theirs from the moment it is accepted, told once it is committed. */
import { mistake } from '../../protocol/errors.ts';
import { append } from '../append.ts';
import type { Asker } from '../connection.ts';
import type { SessionContext } from './context.ts';
import type { SessionEvent } from './events.ts';

type Of<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>;
type Session = Pick<SessionContext, 'record' | 'world'>;

export function askToRename({ record, self, world }: SessionContext, raw: string, asker: Asker): void {
  const name = world.directory.names.wished(raw);
  const user = record.party;
  // A room that is left meanwhile must still be told: what follows there is said under the new name.
  const rooms = [...record.rooms.keys()];
  record.name = name;
  record.pendingNames.push(name);
  holdNames({ record, world });
  append({ self, world }, { kind: 'user.renamed', user, name }, (outcome) => {
    if (outcome.ok) self.send({ type: 'rename.committed', name, rooms, asker });
    else self.send({ type: 'rename.failed', asker, mistake: mistake('storage_failed', 'store your name') });
  });
}

export function takeNewName(
  { record, world }: Session,
  { name, rooms, asker }: Of<'rename.committed'>,
): void {
  const before = record.toldName;
  record.pendingNames.shift();
  record.toldName = name;
  holdNames({ record, world });
  record.outbox.announce({ type: 'nick_changed', old_name: before, new_name: name }, asker);
  for (const room of rooms) {
    world.directory.room(room)?.send({ type: 'member.rename', userId: record.id, name });
  }
}

export function giveUpNewName({ record, world }: Session, { asker, mistake }: Of<'rename.failed'>): void {
  record.pendingNames.shift();
  // A later change may be on its way; then that one decides.
  record.name = record.pendingNames.at(-1) ?? record.toldName;
  holdNames({ record, world });
  asker.refuse(mistake);
}

export function tellOwnName({ record }: Session, asker: Asker): void {
  record.outbox.announce({ type: 'nick_changed', old_name: record.name, new_name: record.name }, asker);
}

/** The name that others know, and those that are on their way, are nobody else's. */
function holdNames({ record, world }: Session): void {
  world.directory.names.hold(record.id, [record.toldName, ...record.pendingNames]);
}
