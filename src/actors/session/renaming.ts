/** A user's change of name: theirs from the moment it is accepted, told once it is committed. */
import { mistake } from '../../protocol/errors.ts';
import { foldName } from '../../protocol/names.ts';
import type { Asker } from '../connection.ts';
import type { SessionContext } from './context.ts';
import type { SessionEvent } from './events.ts';

type Of<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>;

export function askToRename({ record, self, world }: SessionContext, raw: string, asker: Asker): void {
  const { names } = world.directory;
  const before = record.name;
  const name = names.wished(raw);
  const user = record.party;
  names.take(record.id, name);
  record.name = name;
  world.journal.append({ kind: 'user.renamed', user, name }, (outcome) => {
    if (outcome.ok) self.send({ type: 'rename.committed', before, name, asker });
    else
      self.send({
        type: 'rename.failed',
        before,
        name,
        asker,
        mistake: mistake('storage_failed', 'store your name'),
      });
  });
}

export function takeNewName(
  { record, world }: SessionContext,
  { before, name, asker }: Of<'rename.committed'>,
): void {
  releaseUnlessBorne({ record, world }, before);
  record.outbox.announce({ type: 'nick_changed', old_name: before, new_name: name }, asker);
  for (const room of record.rooms.keys()) {
    world.directory.room(room)?.send({ type: 'member.rename', userId: record.id, name });
  }
}

export function giveUpNewName({ record, world }: SessionContext, fact: Of<'rename.failed'>): void {
  // A later rename may have been accepted meanwhile; then that one decides.
  if (record.name === fact.name) record.name = fact.before;
  releaseUnlessBorne({ record, world }, fact.name);
  fact.asker.refuse(fact.mistake);
}

export function tellOwnName({ record }: SessionContext, asker: Asker): void {
  record.outbox.announce({ type: 'nick_changed', old_name: record.name, new_name: record.name }, asker);
}

/** Renames overtake each other: the old name of one may be the new name of the next. */
function releaseUnlessBorne({ record, world }: Pick<SessionContext, 'record' | 'world'>, name: string): void {
  if (foldName(name) !== foldName(record.name)) world.directory.names.release(record.id, name);
}
