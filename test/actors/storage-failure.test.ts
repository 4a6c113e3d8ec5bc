import { describe, expect, it } from 'vitest';
import type { Journal, JournalRecord } from '../../src/journal/journal.ts';
import { createMemoryJournal } from '../../src/journal/memory.ts';
import { startServer } from '../support/server.ts';

/** A journal whose disk is full for some records. */
function failingJournal(fails: (record: JournalRecord) => boolean): Journal {
  const journal = createMemoryJournal(Date.now);
  return {
    ...journal,
    append(record, settled) {
      if (fails(record)) queueMicrotask(() => settled({ ok: false, error: new Error('disk is full') }));
      else journal.append(record, settled);
    },
  };
}

describe('a record that can not be stored', () => {
  it('gets its sender a storage_failed, and is shown to nobody', async () => {
    let isFull = true;
    const journal = failingJournal((record) => isFull && record.kind === 'entry');
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    ann.send({ type: 'message', room: 'general', text: 'lost', ref: 'one' });
    await ann.next('error', { code: 'storage_failed', ref: 'one' });
    await bob.expectNone('message');

    isFull = false;
    ann.send({ type: 'message', room: 'general', text: 'kept', ref: 'one' });
    await ann.next('message', { text: 'kept' });
    await ann.next('ack', { ref: 'one' });
  });

  it('gets whoever sent it twice meanwhile the error twice', async () => {
    const settle: (() => void)[] = [];
    const memory = createMemoryJournal(Date.now);
    const journal: Journal = {
      ...memory,
      append(record, settled) {
        if (record.kind !== 'entry') memory.append(record, settled);
        else settle.push(() => settled({ ok: false, error: new Error('disk is full') }));
      },
    };
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    const tab = await server.resume(ann);
    ann.send({ type: 'message', room: 'general', text: 'hello', ref: 'one' });
    await ann.settle();
    tab.send({ type: 'message', room: 'general', text: 'hello', ref: 'one' });
    await tab.settle();
    expect(settle).toHaveLength(1);
    settle[0]?.();
    await ann.next('error', { code: 'storage_failed', ref: 'one' });
    await tab.next('error', { code: 'storage_failed', ref: 'one' });
  });

  it('leaves a private message unsent', async () => {
    const server = await startServer({}, { journal: failingJournal(({ kind }) => kind === 'private') });
    const [ann, bob] = await server.users('Ann', 'Bob');
    expect(await ann.ask({ type: 'pm', to: 'Bob', text: 'psst' })).toMatchObject({ code: 'storage_failed' });
    await bob.expectNone('pm');
    await ann.expectNone('pm_sent');
  });

  it('leaves a user outside the room they wanted to join, free to try again', async () => {
    let isFull = true;
    const journal = failingJournal(
      (record) => isFull && record.kind === 'member.joined' && record.room === 'attic',
    );
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    expect(await ann.ask({ type: 'join', room: 'attic' })).toMatchObject({ code: 'storage_failed' });
    expect(await ann.ask({ type: 'message', room: 'attic', text: 'hi' })).toMatchObject({
      code: 'not_in_room',
    });
    expect((await server.get('/api/room/attic/users')).status).toBe(404);
    isFull = false;
    await ann.join('attic');
  });

  it('leaves a user with the old name, and the new one free', async () => {
    let isFull = true;
    const journal = failingJournal(({ kind }) => isFull && kind === 'user.renamed');
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    expect(await ann.ask({ type: 'set_nick', name: 'Zoe' })).toMatchObject({ code: 'storage_failed' });
    expect(await ann.say('general', 'still me')).toMatchObject({ from: 'Ann' });
    isFull = false;
    expect(await bob.ask({ type: 'set_nick', name: 'Zoe' })).toMatchObject({
      type: 'nick_changed',
      new_name: 'Zoe',
    });
  });

  it('does not keep a user in a room they leave', async () => {
    const server = await startServer({}, { journal: failingJournal(({ kind }) => kind === 'member.left') });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await ann.join('attic');
    await bob.join('attic');
    await ann.leave('attic');
    await bob.next('user_left', { user: 'Ann' });
  });
});
