import { expect, it } from 'vitest';
import type { Journal, JournalRecord } from '../../src/journal/journal.ts';
import { createMemoryJournal } from '../../src/journal/memory.ts';
import { startServer } from '../support/server.ts';

/** A journal that can be read like a book. */
function openJournal(): { journal: Journal; records: JournalRecord[] } {
  const memory = createMemoryJournal(Date.now);
  const records: JournalRecord[] = [];
  const journal: Journal = {
    ...memory,
    append(record, settled) {
      records.push(record);
      memory.append(record, settled);
    },
  };
  return { journal, records };
}

// A store that lasts has nothing else to make the server from again.
it('writes down whatever happens, in the order in which it was accepted', async () => {
  const { journal, records } = openJournal();
  const server = await startServer({}, { journal });
  const [ann, bob] = await server.users('Ann', 'Bob');
  await ann.join('attic');
  await ann.say('attic', 'hello');
  await ann.ask({ type: 'message', room: 'attic', text: '/me waves' });
  await ann.ask({ type: 'pm', to: 'bob', text: 'psst' });
  await ann.ask({ type: 'set_nick', name: 'Anna' });
  await ann.leave('attic');
  bob.send({ type: 'quit' });
  await bob.closed;

  const [annBefore, annAfter] = ['Ann', 'Anna'].map((name) => ({ id: ann.me.user_id, name }));
  const bobHimself = { id: bob.me.user_id, name: 'Bob' };
  const sent = { by: ann.me.user_id, ref: expect.any(String) };
  expect(records).toEqual([
    { kind: 'session.begun', user: annBefore, digest: expect.any(String) },
    { kind: 'member.joined', room: 'general', user: annBefore },
    { kind: 'session.begun', user: bobHimself, digest: expect.any(String) },
    { kind: 'member.joined', room: 'general', user: bobHimself },
    { kind: 'room.created', room: 'attic', by: annBefore },
    { kind: 'entry', room: 'attic', type: 'system', from: 'system', text: 'Ann created the room' },
    { kind: 'member.joined', room: 'attic', user: annBefore },
    { kind: 'entry', room: 'attic', type: 'message', from: 'Ann', text: 'hello', sent },
    { kind: 'entry', room: 'attic', type: 'action', from: 'Ann', text: '* Ann waves', sent },
    {
      kind: 'private',
      from: annBefore,
      to: bobHimself,
      text: 'psst',
      ref: expect.any(String),
      unread: false,
    },
    { kind: 'user.renamed', user: annBefore, name: 'Anna' },
    { kind: 'member.left', room: 'attic', user: annAfter },
    { kind: 'room.deleted', room: 'attic' },
    { kind: 'session.ended', user: bobHimself },
    { kind: 'member.left', room: 'general', user: bobHimself },
  ]);
});

it('has nothing of a name that is one’s own already', async () => {
  const { journal, records } = openJournal();
  const server = await startServer({}, { journal });
  const [ann] = await server.users('Ann');
  const before = records.length;
  expect(await ann.ask({ type: 'set_nick', name: 'Ann' })).toMatchObject({ type: 'nick_changed' });
  expect(records.slice(before)).toEqual([]);
});

it('has nothing of an earlier room of the same name', async () => {
  const { journal } = openJournal();
  const server = await startServer({}, { journal });
  const [ann] = await server.users('Ann');
  await ann.join('attic');
  await ann.say('attic', 'of the first');
  await ann.leave('attic');
  await ann.join('attic');
  const { id } = await ann.say('attic', 'of the second');
  const answer = await ann.ask({ type: 'get_history', room: 'attic', before: id });
  expect(answer).toMatchObject({ messages: [{ type: 'system', text: 'Ann created the room' }] });
});
