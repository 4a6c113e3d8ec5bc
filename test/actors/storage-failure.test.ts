import { describe, expect, it, onTestFinished } from 'vitest';
import { roomMachine } from '../../src/actors/room/machine.ts';
import { sessionMachine } from '../../src/actors/session/machine.ts';
import type { Journal, JournalRecord } from '../../src/journal/journal.ts';
import { createMemoryJournal } from '../../src/journal/memory.ts';
import { createLogger } from '../../src/log.ts';
import { HISTORY_KEPT } from '../../src/protocol/limits.ts';
import { startServer } from '../support/server.ts';

/** A journal whose disk is full for some records. Whoever is told of it must not throw. */
function failingJournal(fails: (record: JournalRecord) => boolean): Journal {
  const journal = createMemoryJournal(Date.now);
  const thrown: unknown[] = [];
  onTestFinished(() => expect(thrown).toEqual([]));
  return {
    ...journal,
    append(record, settled) {
      if (!fails(record)) return journal.append(record, settled);
      queueMicrotask(() => {
        try {
          settled({ ok: false, error: new Error('disk is full') });
        } catch (error) {
          thrown.push(error);
        }
      });
    },
  };
}

/** A journal whose appends a test settles one by one, once it holds them. */
function manualJournal() {
  const memory = createMemoryJournal(Date.now);
  const held: Parameters<Journal['append']>[] = [];
  let isHeld = false;
  const journal: Journal = {
    ...memory,
    append: (...args) => {
      if (isHeld) held.push(args);
      else memory.append(...args);
    },
  };
  const settleOne = (ok: boolean) => {
    const [record, settled] = held.shift() ?? [];
    if (!record || !settled) throw new Error('nothing is waiting');
    if (ok) memory.append(record, settled);
    else settled({ ok: false, error: new Error('disk is full') });
  };
  const release = () => {
    isHeld = false;
    while (held.length > 0) settleOne(true);
  };
  const hold = () => {
    isHeld = true;
  };
  return { journal, hold, settleOne, release };
}

describe('a record that can not be stored', () => {
  it('gets its sender a storage_failed, and is shown to nobody', async () => {
    let isFull = true;
    const journal = failingJournal((record) => isFull && record.kind === 'entry');
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    ann.send({ type: 'message', room: 'general', text: 'lost', ref: 'one' });
    const message = 'Could not store your message: try again';
    await ann.next('error', { code: 'storage_failed', ref: 'one', message });
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
    expect(await ann.ask({ type: 'pm', to: 'Bob', text: 'psst' })).toMatchObject({
      code: 'storage_failed',
      message: 'Could not store your private message: try again',
    });
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
    expect(await ann.ask({ type: 'join', room: 'attic' })).toMatchObject({
      code: 'storage_failed',
      message: 'Could not store your joining: try again',
    });
    expect(await ann.ask({ type: 'message', room: 'attic', text: 'hi' })).toMatchObject({
      code: 'not_in_room',
    });
    expect((await server.get('/api/room/attic/users')).status).toBe(404);
    isFull = false;
    await ann.join('attic');
  });

  it('counts no room as gone that never came about', async () => {
    let isFull = false;
    const founding = ['room.created', 'entry', 'member.joined'];
    const journal = failingJournal(({ kind }) => isFull && founding.includes(kind));
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    const stream = await server.subscribe();
    isFull = true;
    expect(await ann.ask({ type: 'join', room: 'attic' })).toMatchObject({ code: 'storage_failed' });
    await ann.settle();
    expect((await server.get('/api/stats')).body).toMatchObject({ rooms_count: 3 });
    isFull = false;
    await ann.join('cellar');
    await stream.next('room_created', { room: 'cellar' });
    expect(stream.events.map(({ type }) => type)).not.toContain('room_deleted');
    expect((await server.get('/api/stats')).body).toMatchObject({ rooms_count: 4 });
  });

  it('does not keep a room from being there that could not be written of', async () => {
    const journal = failingJournal(({ kind }) => ['room.created', 'entry', 'room.deleted'].includes(kind));
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    const { history, count } = await ann.join('attic');
    expect({ history, count }).toEqual({ history: [], count: 1 });
    await ann.leave('attic');
    expect((await server.get('/api/room/attic/users')).status).toBe(404);
  });

  it('does not trouble a room that its user leaves by quitting', async () => {
    const journal = failingJournal((record) => record.kind === 'member.joined' && record.room === 'random');
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    ann.send({ type: 'join', room: 'random' });
    ann.send({ type: 'quit' });
    await ann.closed;
    await bob.next('user_left', { user: 'Ann' });
    expect((await server.get('/api/room/random/users')).body).toEqual([]);
  });

  it('does not trouble a room with the new name of one who is not in it', async () => {
    const { journal, hold, settleOne, release } = manualJournal();
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await bob.join('random');
    hold();
    ann.send({ type: 'join', room: 'random' });
    ann.send({ type: 'set_nick', name: 'Zoe' });
    await ann.settle();
    settleOne(false);
    release();
    await ann.next('error', { code: 'storage_failed' });
    await ann.next('nick_changed', { new_name: 'Zoe' });
    await bob.next('nick_changed', { room: 'general' });
    await bob.expectNone('nick_changed');
  });

  it('does not trouble a user with the new name in a room that is gone', async () => {
    const { journal, hold, settleOne, release } = manualJournal();
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    hold();
    ann.send({ type: 'join', room: 'attic' });
    ann.send({ type: 'set_nick', name: 'Zoe' });
    await ann.settle();
    // The room and its first words, and then the join.
    for (const ok of [true, true, false]) settleOne(ok);
    await ann.next('error', { code: 'storage_failed' });
    release();
    await ann.next('nick_changed', { new_name: 'Zoe' });
    await ann.join('attic');
  });

  it('does not trouble a user who has left again meanwhile', async () => {
    const { journal, hold, settleOne, release } = manualJournal();
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    hold();
    ann.send({ type: 'join', room: 'random' });
    ann.send({ type: 'leave', room: 'random' });
    await ann.settle();
    settleOne(false);
    await ann.next('error', { code: 'storage_failed' });
    release();
    await ann.next('left', { room: 'random' });
    await ann.join('random');
  });

  it('leaves a newcomer outside the lobby, and their session alive', async () => {
    let isFull = true;
    const journal = failingJournal(({ kind }) => isFull && kind === 'member.joined');
    const server = await startServer({}, { journal });
    const ann = await server.connect({ name: 'Ann' });
    await ann.next('connected');
    await ann.settle();
    isFull = false;
    await ann.join('general');
  });

  it('leaves a user with the old name, and the new one free', async () => {
    let isFull = true;
    const journal = failingJournal(({ kind }) => isFull && kind === 'user.renamed');
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');
    expect(await ann.ask({ type: 'set_nick', name: 'Zoe' })).toMatchObject({
      code: 'storage_failed',
      message: 'Could not store your name: try again',
    });
    expect(await ann.say('general', 'still me')).toMatchObject({ from: 'Ann' });
    isFull = false;
    expect(await bob.ask({ type: 'set_nick', name: 'Zoe' })).toMatchObject({
      type: 'nick_changed',
      new_name: 'Zoe',
    });
  });

  it('turns a newcomer away with 1013, and leaves their name free', async () => {
    let isFull = true;
    const server = await startServer(
      {},
      { journal: failingJournal(({ kind }) => isFull && kind === 'session.begun') },
    );
    const ann = await server.connect({ name: 'Ann' });
    expect(await ann.closed).toMatchObject({ code: 1013 });
    expect(ann.frames).toEqual([]);
    isFull = false;
    expect(await server.user('Ann')).toMatchObject({ me: { name: 'Ann' } });
  });

  it('does not keep a user in a room they leave', async () => {
    const server = await startServer({}, { journal: failingJournal(({ kind }) => kind === 'member.left') });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await ann.join('attic');
    await bob.join('attic');
    await ann.leave('attic');
    await bob.next('user_left', { user: 'Ann' });
  });

  it('keeps names with their bearers when only some of several changes fail', async () => {
    let fails = new Set<string>();
    const journal = failingJournal((record) => record.kind === 'user.renamed' && fails.has(record.name));
    const server = await startServer({}, { journal });
    const [ann, bob] = await server.users('Ann', 'Bob');

    fails = new Set(['Bea']);
    for (const name of ['Bea', 'Cea']) ann.send({ type: 'set_nick', name });
    await ann.next('error', { code: 'storage_failed' });
    expect(await ann.next('nick_changed')).toMatchObject({ old_name: 'Ann', new_name: 'Cea' });
    expect(await bob.ask({ type: 'set_nick', name: 'Ann' })).toMatchObject({ type: 'nick_changed' });

    fails = new Set(['Dea', 'Eea']);
    for (const name of ['Dea', 'Eea']) ann.send({ type: 'set_nick', name });
    await ann.next('error');
    await ann.next('error');
    expect(await ann.say('general', 'hi')).toMatchObject({ from: 'Cea' });
    expect(await bob.ask({ type: 'set_nick', name: 'cea' })).toMatchObject({ code: 'name_taken' });
    expect(await bob.ask({ type: 'set_nick', name: 'Dea' })).toMatchObject({ code: 'storage_failed' });
  });

  it('leaves a user with the name that is on its way, if there is one', async () => {
    const { journal, hold, settleOne, release } = manualJournal();
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    hold();
    for (const name of ['Bea', 'Cea']) ann.send({ type: 'set_nick', name });
    await ann.settle();
    settleOne(false);
    await ann.next('error', { code: 'storage_failed' });
    ann.send({ type: 'message', room: 'general', text: 'hi' });
    await ann.settle();
    release();
    expect(await ann.next('message')).toMatchObject({ from: 'Cea' });
  });

  it('does not take a later join with it', async () => {
    let joins = 0;
    const journal = failingJournal(
      (record) => record.kind === 'member.joined' && record.room === 'attic' && joins++ === 0,
    );
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    ann.send({ type: 'join', room: 'attic', ref: 'first' });
    ann.send({ type: 'leave', room: 'attic', ref: 'out' });
    ann.send({ type: 'join', room: 'attic', ref: 'second' });
    await ann.next('error', { ref: 'first', code: 'storage_failed' });
    await ann.next('left', { ref: 'out' });
    await ann.next('joined', { ref: 'second' });
    await ann.say('attic', 'here');
    await ann.leave('attic');
    expect((await server.get('/api/room/attic/users')).status).toBe(404);
  });
});

describe('an actor that crashes on hearing that something could not be stored', () => {
  const silent = () => createLogger('silent');

  /** Throws the first time, then does what the original does. */
  function once(original: unknown): never {
    let hasThrown = false;
    const faulty = (...args: never[]) => {
      if (hasThrown) return (original as (...args: never[]) => void)(...args);
      hasThrown = true;
      throw new Error('planted');
    };
    return faulty as never;
  }

  it('still gives up a name, which is free then', async () => {
    let isFull = true;
    const journal = failingJournal(({ kind }) => isFull && kind === 'user.renamed');
    const { giveUpNewName } = sessionMachine.implementations.actions;
    const session = sessionMachine.provide({ actions: { giveUpNewName: once(giveUpNewName) } });
    const server = await startServer({}, { journal, machines: { session }, logger: silent() });
    const [ann, bob] = await server.users('Ann', 'Bob');
    expect(await ann.ask({ type: 'set_nick', name: 'Zoe' })).toMatchObject({ code: 'storage_failed' });
    isFull = false;
    expect(await bob.ask({ type: 'set_nick', name: 'Zoe' })).toMatchObject({ type: 'nick_changed' });
    expect(await ann.say('general', 'still me')).toMatchObject({ from: 'Ann' });
  });

  it('still knows that its user is not in a room', async () => {
    let isFull = true;
    const journal = failingJournal(
      (record) => isFull && record.kind === 'member.joined' && record.room === 'attic',
    );
    const { forgetRoom } = sessionMachine.implementations.actions;
    const session = sessionMachine.provide({ actions: { forgetRoom: once(forgetRoom) } });
    const server = await startServer({}, { journal, machines: { session }, logger: silent() });
    const [ann] = await server.users('Ann');
    expect(await ann.ask({ type: 'join', room: 'attic' })).toMatchObject({ code: 'storage_failed' });
    isFull = false;
    await ann.join('attic');
  });

  it('still closes a room that nobody has got into', async () => {
    const journal = failingJournal((record) => record.kind === 'member.joined' && record.room === 'attic');
    const { forgetArrival } = roomMachine.implementations.actions;
    const room = roomMachine.provide({ actions: { forgetArrival: once(forgetArrival) } });
    const server = await startServer({}, { journal, machines: { room }, logger: silent() });
    const [ann] = await server.users('Ann');
    expect(await ann.ask({ type: 'join', room: 'attic' })).toMatchObject({ code: 'storage_failed' });
    await ann.expectNone('error');
    expect((await server.get('/api/room/attic/users')).status).toBe(404);
  });
});

describe('a history that can not be read', () => {
  it('gets whoever asked for it a storage_failed', async () => {
    const memory = createMemoryJournal(Date.now);
    const journal: Journal = { ...memory, read: () => Promise.reject(new Error('disk is gone')) };
    const server = await startServer({}, { journal });
    const [ann] = await server.users('Ann');
    const { id } = await ann.say('general', 'hello');
    expect(await ann.ask({ type: 'get_history', room: 'general' })).toMatchObject({ messages: [{ id }] });
    expect((await server.get('/api/room/general/history')).body).toMatchObject([{ id }]);
    expect(await ann.ask({ type: 'get_history', room: 'general', before: id })).toMatchObject({
      type: 'error',
      code: 'storage_failed',
      message: 'Could not read the history: try again',
    });
  });

  it('lets a room that crashed go on, and in it nobody who could not be shown it, until it can be read', async () => {
    const memory = createMemoryJournal(Date.now);
    let isGone = false;
    const gone = () => new Error('disk is gone');
    const journal: Journal = {
      ...memory,
      recent(room, limit) {
        if (isGone) throw gone();
        expect(limit).toBe(HISTORY_KEPT);
        return memory.recent(room, limit);
      },
      read: (...args) => (isGone ? Promise.reject(gone()) : memory.read(...args)),
    };
    const appendEntry = roomMachine.implementations.actions.appendEntry as (...args: never[]) => void;
    const faulty = roomMachine.provide({
      actions: {
        appendEntry: (args, params) => {
          if (params.text === 'poison') throw new Error('planted');
          appendEntry(args as never, params as never);
        },
      },
    });
    const lines: string[] = [];
    const logger = createLogger('error', { write: (line) => void lines.push(line) });
    const server = await startServer({}, { journal, machines: { room: faulty }, logger });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await ann.join('attic');
    const { id } = await ann.say('attic', 'before');
    isGone = true;
    await ann.ask({ type: 'message', room: 'attic', text: 'poison' });
    await ann.say('attic', 'after');

    const unread = {
      type: 'error',
      code: 'storage_failed',
      message: 'Could not read the history: try again',
    };
    expect(await bob.ask({ type: 'join', room: 'attic' })).toMatchObject(unread);
    expect(await bob.ask({ type: 'get_history', room: 'attic' })).toMatchObject(unread);
    expect((await server.get('/api/room/attic/history')).status).toBe(500);
    expect((await server.get('/api/room/attic/users')).body).toMatchObject([{ name: 'Ann' }]);
    await ann.drop();
    const again = await server.connect({ session: ann.me.session_id, lastMsgId: id });
    expect(await again.next('resumed')).toMatchObject({ recovered: false, missedMessages: { attic: [] } });

    isGone = false;
    const { history } = await bob.join('attic');
    expect(history.map(({ text }) => text)).toEqual(['Ann created the room', 'before', 'after']);
    const crashes = lines.map((line) => JSON.parse(line)).filter(({ actor }) => actor);
    expect(crashes.map(({ actor, event }) => [actor, event])).toEqual([['room:attic', 'message.post']]);
  });
});
