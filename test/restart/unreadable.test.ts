import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDurableJournal } from '../../src/journal/durable/journal.ts';
import { createLogger } from '../../src/log.ts';
import { tamper } from '../journal/durable/directory.ts';
import { temporaryDirectory } from '../support/data-directory.ts';
import { startServer } from '../support/server.ts';

const UNREADABLE = {
  type: 'error',
  code: 'storage_failed',
  message: 'Could not read the history: try again',
} as const;

/** A server on `DATA_DIR`, and what it complains of. */
async function startLogging(DATA_DIR: string) {
  const lines: string[] = [];
  const logger = createLogger('error', { write: (line) => void lines.push(line) });
  const server = await startServer({ DATA_DIR }, { logger });
  return { server, complaints: () => lines.map((line): string => JSON.parse(line).msg) };
}

it('an entry that is damaged in a running server is served to nobody, and the other rooms go on', async () => {
  const DATA_DIR = join(temporaryDirectory(), 'data');
  const { server, complaints } = await startLogging(DATA_DIR);
  const [ann] = await server.users('Ann');
  await ann.join('attic');
  await ann.join('cellar');
  for (let i = 0; i < 120; i++) await ann.say('attic', `text ${i}`);
  await ann.say('cellar', 'sound');
  const newest = await ann.say('attic', 'newest');

  tamper(DATA_DIR, `UPDATE entries SET body = replace(body, 'text 5"', 'text 6"')`);
  // The last hundred are in memory, and sound.
  expect(await ann.ask({ type: 'get_history', room: 'attic' })).toMatchObject({ type: 'history' });
  expect(
    await ann.ask({ type: 'get_history', room: 'attic', before: newest.id - 60, limit: 100 }),
  ).toMatchObject(UNREADABLE);
  expect((await server.get(`/api/room/attic/history?before=${newest.id - 60}`)).status).toBe(500);
  expect(complaints()).toContain(
    `can not read: the history of room attic is damaged below ${newest.id - 60}`,
  );
  await ann.say('attic', 'goes on');
  expect(await ann.ask({ type: 'get_history', room: 'cellar', before: newest.id })).toMatchObject({
    messages: [{ type: 'system' }, { text: 'sound' }],
  });
});

it('one that is found after a restart keeps newcomers out of its room alone, and its members in', async () => {
  const DATA_DIR = join(temporaryDirectory(), 'data');
  const { server: first } = await startLogging(DATA_DIR);
  const [ann, bob] = await first.users('Ann', 'Bob');
  await ann.join('attic');
  await ann.say('attic', 'altered');
  await ann.say('general', 'sound');
  await first.close();
  tamper(DATA_DIR, `UPDATE entries SET body = replace(body, 'altered', 'falsely')`);

  const { server, complaints } = await startLogging(DATA_DIR);
  const annAgain = await server.connect({ session: ann.me.session_id, lastMsgId: 0 });
  expect(await annAgain.next('resumed')).toMatchObject({
    rooms: ['attic', 'general'],
    recovered: false,
    missedMessages: { attic: [], general: [{ text: 'sound' }] },
  });
  const bobAgain = await server.resume(bob, 0);
  expect(await bobAgain.ask({ type: 'join', room: 'attic' })).toMatchObject(UNREADABLE);
  expect(await bobAgain.ask({ type: 'get_history', room: 'attic' })).toMatchObject(UNREADABLE);
  await annAgain.say('attic', 'still here');
  await bobAgain.say('general', 'and here');
  expect(complaints()).not.toEqual([]);
  for (const words of complaints())
    expect(words).toMatch(/^can not read: the history of room attic is damaged/);
});

it('one of the lobby is told to newcomers, who are let into other rooms', async () => {
  const DATA_DIR = join(temporaryDirectory(), 'data');
  const { server: first } = await startLogging(DATA_DIR);
  const [ann] = await first.users('Ann');
  await ann.say('general', 'altered');
  await first.close();
  tamper(DATA_DIR, `UPDATE entries SET body = replace(body, 'altered', 'falsely')`);

  const { server } = await startLogging(DATA_DIR);
  const zoe = await server.connect({ name: 'Zoe' });
  await zoe.next('connected');
  await zoe.next('error', UNREADABLE);
  await zoe.join('attic');
  await zoe.say('attic', 'hello');
});

it('a disk that fails to sync fails what is sent, once in the log, and keeps what was acknowledged', async () => {
  const directory = join(temporaryDirectory(), 'data');
  const states: boolean[] = [];
  let isBroken = false;
  const sync = async () => {
    if (isBroken) throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });
  };
  const health = ({ ok }: { ok: boolean }) => void states.push(ok);
  const journal = openDurableJournal({ directory, now: Date.now, sync, health });
  const first = await startServer({}, { journal });
  const [ann, bob] = await first.users('Ann', 'Bob');
  const { id } = await ann.say('general', 'kept');
  await bob.forget();

  isBroken = true;
  for (const frame of [
    { type: 'message', room: 'general', text: 'lost' },
    { type: 'pm', to: 'Bob', text: 'lost' },
    { type: 'join', room: 'attic' },
    { type: 'set_nick', name: 'Zoe' },
  ]) {
    expect(await ann.ask(frame)).toMatchObject({ code: 'storage_failed' });
  }
  isBroken = false;
  expect(await ann.ask({ type: 'message', room: 'general', text: 'lost' })).toMatchObject({
    code: 'storage_failed',
  });
  expect((await (await first.connect({ name: 'Late' })).closed).code).toBe(1013);
  expect(await bob.during(() => {})).toEqual([]);
  expect(await bob.ask({ type: 'get_history', room: 'general' })).toMatchObject({ messages: [{ id }] });
  expect(states).toEqual([false]);
  await first.close();

  const second = await startServer({ DATA_DIR: directory });
  const again = await second.resume(ann, 0);
  expect((await second.get('/api/room/general/history')).body[0]).toMatchObject({ id, text: 'kept' });
  await again.say('general', 'goes on');
});
