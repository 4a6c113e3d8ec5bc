import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { APPLICATION_ID, migrations } from '../../../src/journal/durable/schema.ts';
import { type JournalRecord, NOTHING_RECOVERED, type Party } from '../../../src/journal/journal.ts';
import { EVENTS_KEPT, PRIVATE_MESSAGES_KEPT, REF_REMEMBERED_MS } from '../../../src/protocol/limits.ts';
import { temporaryDirectory } from '../../support/data-directory.ts';
import { commit, exported, faultOf, line, openIn, tamper, textsOf } from './directory.ts';

const ANN = { id: 'u1', name: 'Ann' };
const BOB = { id: 'u2', name: 'Bob' };

/** What the next process finds after these. */
async function recoveredAfter(records: JournalRecord[], directory = temporaryDirectory(), now = Date.now) {
  const journal = openIn(directory, { now });
  journal.recovered();
  const stamps = await Promise.all(records.map((record) => commit(journal, record)));
  await journal.close();
  const next = openIn(directory, { now });
  const recovered = next.recovered();
  await next.close();
  return { recovered, stamps };
}

it('is nothing in a new directory', () => {
  expect(openIn(temporaryDirectory()).recovered()).toEqual(NOTHING_RECOVERED);
});

it('is everybody with their rooms, their latest name, and what they sent', async () => {
  const { recovered, stamps } = await recoveredAfter([
    { kind: 'session.begun', user: ANN, digest: 'digest of Ann' },
    { kind: 'session.begun', user: BOB, digest: 'digest of Bob' },
    { kind: 'member.joined', room: 'general', user: ANN },
    { kind: 'room.created', room: 'attic', by: ANN },
    { kind: 'member.joined', room: 'attic', user: ANN },
    { kind: 'member.joined', room: 'general', user: BOB },
    { kind: 'user.renamed', user: ANN, name: 'Anna' },
    { kind: 'member.left', room: 'general', user: BOB },
    { ...line('attic', 'hello'), sent: { by: 'u1', ref: 'one' } },
    line('general', 'nobody asked'),
    { kind: 'private', from: BOB, to: { ...ANN, name: 'Anna' }, text: 'psst', unread: true, ref: 'two' },
  ]);
  const at = (i: number) => stamps[i] as { id: number; ts: number };
  const message = { ...at(10), from: BOB, to: { id: 'u1', name: 'Anna' }, text: 'psst', ref: 'two' };
  expect(recovered.sessions).toEqual([
    {
      user: { id: 'u1', name: 'Anna' },
      digest: 'digest of Ann',
      rooms: ['attic', 'general'],
      privates: [{ message, direction: 'pm', unread: true }],
      notices: [],
      sends: [{ ...at(8), ref: 'one', room: 'attic' }],
    },
    {
      user: BOB,
      digest: 'digest of Bob',
      rooms: [],
      privates: [{ message, direction: 'pm_sent', unread: false }],
      notices: [],
      sends: [{ ...at(10), ref: 'two', room: undefined }],
    },
  ]);
  expect(recovered.rooms).toEqual([
    { name: 'attic', founder: ANN, createdAt: at(3).ts },
    { name: 'general', founder: undefined, createdAt: at(9).ts },
  ]);
  expect(recovered.events).toEqual([
    { id: at(0).id, event: { type: 'user_connected', data: { user: 'Ann', count: 1 } } },
    { id: at(1).id, event: { type: 'user_connected', data: { user: 'Bob', count: 2 } } },
    { id: at(3).id, event: { type: 'room_created', data: { room: 'attic', created_by: 'Ann' } } },
  ]);
  expect(recovered).toMatchObject({ messagesTotal: 2, privateMessagesTotal: 1 });
  expect(recovered.foundedAt).toBeLessThanOrEqual(at(0).ts);
});

it('is the event stream as it was told, and the count that follows where nobody lived to tell it', async () => {
  const directory = temporaryDirectory();
  const journal = openIn(directory);
  const [CID, DEE] = [
    { id: 'u3', name: 'Cid' },
    { id: 'u4', name: 'Dee' },
  ];
  const ids: number[] = [];
  const happen = async (record: JournalRecord) => void ids.push((await commit(journal, record)).id);
  await happen({ kind: 'session.ended', user: DEE });
  await happen({ kind: 'session.begun', user: ANN, digest: 'a' });
  await happen({ kind: 'session.begun', user: BOB, digest: 'b' });
  const told = { type: 'user_connected', data: { user: 'Bob', count: 7 } } as const;
  await commit(journal, { kind: 'event.told', of: ids[2] as number, event: told });
  await happen({ kind: 'session.begun', user: CID, digest: 'c' });
  await happen({ kind: 'room.created', room: 'attic', by: CID });
  await happen({ kind: 'room.deleted', room: 'attic' });
  await happen({ kind: 'session.ended', user: CID });
  await happen({ kind: 'session.ended', user: BOB });
  const last = { type: 'user_disconnected', data: { user: 'Bob', count: 3 } } as const;
  await commit(journal, { kind: 'event.told', of: ids[7] as number, event: last });
  await journal.close();
  const { events } = openIn(directory).recovered();
  expect(events.map(({ id }) => id)).toEqual(ids);
  expect(events.map(({ event }) => event)).toEqual([
    { type: 'user_disconnected', data: { user: 'Dee', count: 0 } },
    { type: 'user_connected', data: { user: 'Ann', count: 1 } },
    told,
    { type: 'user_connected', data: { user: 'Cid', count: 8 } },
    { type: 'room_created', data: { room: 'attic', created_by: 'Cid' } },
    { type: 'room_deleted', data: { room: 'attic' } },
    { type: 'user_disconnected', data: { user: 'Cid', count: 7 } },
    last,
  ]);
});

it('is since when there is a directory, however often it was opened', async () => {
  const directory = temporaryDirectory();
  for (const now of [1_700_000_000_000, 1_700_000_500_000, 1_700_000_900_000]) {
    const journal = openIn(directory, { now: () => now });
    if (now > 1_700_000_000_000) expect(journal.recovered().foundedAt).toBe(1_700_000_000);
    await journal.close();
  }
});

it('is no member of a room that was deleted, nor of the next by its name', async () => {
  const founding = (by: Party): JournalRecord[] => [
    { kind: 'room.created', room: 'attic', by },
    { kind: 'member.joined', room: 'attic', user: by },
  ];
  const { recovered } = await recoveredAfter([
    { kind: 'session.begun', user: ANN, digest: 'a' },
    { kind: 'session.begun', user: BOB, digest: 'b' },
    ...founding(ANN),
    { kind: 'room.deleted', room: 'attic' },
    ...founding(BOB),
  ]);
  expect(recovered.sessions.map(({ rooms }) => rooms)).toEqual([[], ['attic']]);
  const { recovered: again } = await recoveredAfter([
    { kind: 'session.begun', user: ANN, digest: 'a' },
    { kind: 'session.begun', user: BOB, digest: 'b' },
    ...founding(ANN),
    ...founding(BOB),
  ]);
  expect(again.sessions.map(({ rooms }) => rooms)).toEqual([[], ['attic']]);
  const { recovered: deserted } = await recoveredAfter([
    { kind: 'session.begun', user: ANN, digest: 'a' },
    ...founding(ANN),
    { kind: 'room.deleted', room: 'attic' },
  ]);
  expect(deserted.sessions.map(({ rooms }) => rooms)).toEqual([[]]);
});

it('is nothing of who has left, however much they sent, once nobody can ask for it', async () => {
  const directory = temporaryDirectory();
  const sent = Array.from(
    { length: 1_200 },
    (_, i): JournalRecord => ({ ...line('general', 'hello'), sent: { by: 'u1', ref: `${i}` } }),
  );
  await recoveredAfter(
    [
      { kind: 'session.begun', user: ANN, digest: 'a' },
      ...sent,
      { kind: 'private', from: ANN, to: ANN, text: 'psst', unread: true },
      { kind: 'session.ended', user: ANN },
    ],
    directory,
  );
  expect(exported(directory)).not.toContain('psst');
  const later = openIn(directory, { now: () => Date.now() + REF_REMEMBERED_MS + 1_000 });
  expect(later.recovered()).toMatchObject({ sessions: [], former: [] });
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  await later.close();
  expect(exported(directory)).not.toMatch(/"table":"(sessions|sends)"/);
});

it('is not who has ended, but what they sent of late', async () => {
  const begun: JournalRecord[] = [
    { kind: 'session.begun', user: ANN, digest: 'digest of Ann' },
    { kind: 'session.begun', user: BOB, digest: 'digest of Bob' },
    { kind: 'member.joined', room: 'general', user: ANN },
    { ...line('general', 'hello'), sent: { by: 'u1', ref: 'one' } },
    { kind: 'private', from: BOB, to: ANN, text: 'psst', unread: false },
    { kind: 'session.ended', user: ANN },
    { kind: 'private', from: BOB, to: ANN, text: 'too late', unread: true },
  ];
  const directory = temporaryDirectory();
  const { recovered } = await recoveredAfter(begun, directory);
  expect(recovered.sessions).toMatchObject([{ user: BOB, privates: [{}, {}] }]);
  expect(recovered.former).toMatchObject([{ digest: 'digest of Ann', sends: [{ ref: 'one' }] }]);

  // What is tidied away after a start, four of the five minutes later, is not what may still be asked for.
  const started = openIn(directory, { now: () => Date.now() + REF_REMEMBERED_MS - 60_000 });
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  await started.close();
  const { recovered: again } = await recoveredAfter([line('general', 'soon')], directory);
  expect(again.former).toEqual(recovered.former);

  const later = () => Date.now() + REF_REMEMBERED_MS + 1_000;
  await recoveredAfter([line('general', 'later')], directory, later);
  const { recovered: atLast } = await recoveredAfter([], directory, later);
  expect(atLast.former).toEqual([]);
  expect(atLast.sessions).toMatchObject([{ user: BOB, sends: [] }]);
});

it('is the last private messages of each, read when their reader came back', async () => {
  const many = Array.from(
    { length: PRIVATE_MESSAGES_KEPT + 20 },
    (_, i): JournalRecord => ({ kind: 'private', from: ANN, to: BOB, text: `${i}`, unread: true }),
  );
  const { recovered } = await recoveredAfter([
    { kind: 'session.begun', user: ANN, digest: 'a' },
    { kind: 'session.begun', user: BOB, digest: 'b' },
    ...many.slice(0, -1),
    { kind: 'private.read', user: BOB },
    ...many.slice(-1),
  ]);
  for (const { privates } of recovered.sessions) {
    const texts = many.slice(-PRIVATE_MESSAGES_KEPT).map((record) => 'text' in record && record.text);
    expect(privates.map(({ message }) => message.text)).toEqual(texts);
  }
  const unread = recovered.sessions[1]?.privates.filter((kept) => kept.unread);
  expect(unread).toMatchObject([{ message: { text: `${many.length - 1}` } }]);
});

it('is each private message read or unread, as it was marked when it arrived', async () => {
  const begun: JournalRecord[] = [
    { kind: 'session.begun', user: ANN, digest: 'a' },
    { kind: 'private', from: ANN, to: ANN, text: 'to myself', unread: true },
    { kind: 'private', from: ANN, to: ANN, text: 'again', unread: false },
  ];
  const directory = temporaryDirectory();
  const { stamps } = await recoveredAfter(begun, directory);
  const [, first, second] = stamps.map(({ id }) => id) as [number, number, number];
  const unreadAfter = async (records: JournalRecord[]) => {
    const { recovered } = await recoveredAfter(records, directory);
    return recovered.sessions[0]?.privates.map(({ direction, unread }) => [direction, unread]);
  };
  const marked = (id: number, unread: boolean): JournalRecord => ({
    kind: 'private.marked',
    user: ANN,
    id,
    unread,
  });
  expect(await unreadAfter([])).toEqual([
    ['pm_sent', false],
    ['pm', true],
    ['pm_sent', false],
    ['pm', false],
  ]);
  expect(await unreadAfter([marked(first, false), marked(second, true)])).toEqual([
    ['pm_sent', false],
    ['pm', false],
    ['pm_sent', false],
    ['pm', true],
  ]);
});

it('is what one who is away is to be told, until they have been', async () => {
  const told = (user: Party, to: string, ref?: string): JournalRecord => ({
    kind: 'private.undelivered',
    user,
    notice: { to, ref },
  });
  const directory = temporaryDirectory();
  const noticesAfter = async (records: JournalRecord[]) => {
    const { recovered } = await recoveredAfter(records, directory);
    return recovered.sessions.map(({ user, notices }) => [user.name, notices]);
  };
  const many = Array.from({ length: PRIVATE_MESSAGES_KEPT + 5 }, (_, i) => told(BOB, 'Dee', `${i}`));
  expect(
    await noticesAfter([
      { kind: 'session.begun', user: ANN, digest: 'a' },
      { kind: 'session.begun', user: BOB, digest: 'b' },
      told(ANN, 'Cid', 'one'),
      told(ANN, 'Dee'),
      told({ id: 'u9', name: 'Gone' }, 'Ann'),
      ...many,
    ]),
  ).toEqual([
    [
      'Ann',
      [
        { to: 'Cid', ref: 'one' },
        { to: 'Dee', ref: undefined },
      ],
    ],
    ['Bob', Array.from({ length: PRIVATE_MESSAGES_KEPT }, (_, i) => ({ to: 'Dee', ref: `${i + 5}` }))],
  ]);
  expect(
    await noticesAfter([
      { kind: 'private.read', user: ANN },
      { kind: 'session.ended', user: BOB },
    ]),
  ).toEqual([['Ann', []]]);
  expect(exported(directory)).not.toContain('"table":"notices"');
});

it('is refused when anything of it is not as it was written', async () => {
  for (const [sql, words] of [
    ['UPDATE privates SET unread = 0', 'private message'],
    [`UPDATE privates SET direction = 'pm_sent'`, 'private message'],
    [`UPDATE privates SET owner = 'u1'`, 'private message'],
    [`UPDATE notices SET body = replace(body, 'Bob', 'Eve')`, 'notice'],
    [`UPDATE notices SET user = 'u2'`, 'notice'],
    [`UPDATE sends SET ref = 'two'`, 'the send'],
    [`UPDATE sends SET room = 'cellar'`, 'the send'],
    [`UPDATE sends SET user = 'u2'`, 'the send'],
    ['UPDATE sends SET ts = ts + 1', 'the send'],
    ['UPDATE sends SET id = id + 1', 'the send'],
    [`UPDATE members SET room = 'cellar'`, 'the membership of u1 in cellar is damaged'],
    [`UPDATE members SET user = 'u2'`, 'the membership of u2 in attic is damaged'],
    [`UPDATE rooms SET name = 'cellar'`, 'the room cellar is damaged'],
    [`UPDATE rooms SET founder = replace(founder, 'Ann', 'Eve')`, 'the room attic is damaged'],
    ['UPDATE rooms SET founder = NULL', 'the room attic is damaged'],
    ['UPDATE rooms SET created_at = created_at + 1', 'the room attic is damaged'],
    ['UPDATE rooms SET room = room + 1', 'the room attic is damaged'],
    [`UPDATE sessions SET body = replace(body, 'Ann', 'Eve')`, 'session u1 is damaged'],
    [`UPDATE privates SET body = replace(body, 'psst', 'pfft')`, 'is damaged'],
  ] as const) {
    const directory = temporaryDirectory();
    await recoveredAfter(
      [
        { kind: 'session.begun', user: ANN, digest: 'a' },
        { kind: 'session.begun', user: BOB, digest: 'b' },
        { kind: 'room.created', room: 'attic', by: ANN },
        { kind: 'member.joined', room: 'attic', user: ANN },
        { ...line('attic', 'hello'), sent: { by: 'u1', ref: 'one' } },
        { kind: 'private', from: ANN, to: BOB, text: 'psst', unread: true },
        { kind: 'private.undelivered', user: ANN, notice: { to: 'Bob', ref: undefined } },
      ],
      directory,
    );
    // What is asked for by the sender alone: the one row that is somebody's own.
    const only = sql.includes('privates SET') ? `${sql} WHERE direction = 'pm'` : sql;
    tamper(directory, only);
    expect(faultOf(directory), sql).toMatch(/^DATA_DIR \S+ is damaged: /);
    expect(faultOf(directory), sql).toContain(words);
  }
});

/** A directory as an older version of the program left it. */
function ofVersion(version: number, sql: string): string {
  const directory = join(temporaryDirectory(), 'old');
  mkdirSync(directory);
  const db = new Database(join(directory, 'journal.db'));
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  for (const step of migrations.slice(0, version)) {
    if (typeof step === 'string') db.exec(step);
    else step(db);
  }
  db.exec(sql);
  db.exec(`PRAGMA user_version = ${version}`);
  db.close();
  return directory;
}

it('is there after the format has changed, with what the older one had', async () => {
  const directory = ofVersion(1, `INSERT INTO rooms (room, name, first, last) VALUES (1, 'attic', 1, 0)`);
  const journal = openIn(directory);
  expect(journal.recovered().rooms).toEqual([{ name: 'attic', founder: undefined, createdAt: 0 }]);
  await commit(journal, line('attic', 'hello'));
  expect(await textsOf(journal, 'attic')).toEqual(['hello']);
  await journal.close();
  tamper(directory, `PRAGMA user_version = ${migrations.length + 1}`);
  expect(faultOf(directory)).toContain('newer version');
});

it('is all of it after the format has changed that had fewer checksums', async () => {
  const name = JSON.stringify(ANN);
  const body = JSON.stringify([1.5, ANN, BOB, 'psst ✓', null]);
  const session = (user: Party) => {
    const sealed = JSON.stringify([user.name, `digest of ${user.name}`]);
    return `INSERT INTO sessions (user, body, crc) VALUES ('${user.id}', '${sealed}', ${crc32(`${user.id} ${sealed}`)});`;
  };
  const sql = `
    INSERT INTO rooms (room, name, founder, created_at, first, last) VALUES (7, 'attic', '${name}', 1.25, 1, 0);
    ${session(ANN)} ${session(BOB)}
    INSERT INTO members (user, room) VALUES ('u1', 'attic');
    INSERT INTO sends (id, user, ref, room, ts) VALUES (11, 'u1', 'one', 'attic', ${Date.now() / 1_000});
    INSERT INTO sends (id, user, ref, room, ts) VALUES (12, 'u1', 'two', NULL, ${Date.now() / 1_000});
    INSERT INTO privates (owner, id, direction, unread, body, crc)
    VALUES ('u1', 12, 'pm_sent', 0, '${body}', ${crc32(`12 ${body}`)}),
           ('u2', 12, 'pm', 1, '${body}', ${crc32(`12 ${body}`)});
    INSERT INTO meta (key, value) VALUES ('newest', 12);`;
  const recovered = openIn(ofVersion(2, sql)).recovered();
  expect(recovered.rooms).toEqual([{ name: 'attic', founder: ANN, createdAt: 1.25 }]);
  const message = { id: 12, ts: 1.5, from: ANN, to: BOB, text: 'psst ✓', ref: undefined };
  expect(recovered.sessions).toMatchObject([
    {
      user: ANN,
      rooms: ['attic'],
      privates: [{ message, direction: 'pm_sent', unread: false }],
      sends: [
        { id: 11, ref: 'one', room: 'attic' },
        { id: 12, ref: 'two', room: undefined },
      ],
    },
    { user: BOB, rooms: [], privates: [{ message, direction: 'pm', unread: true }] },
  ]);

  const damaged = ofVersion(2, sql.replaceAll('psst', 'pfft').replace('pfft', 'psst'));
  expect(faultOf(damaged)).toMatch(/^DATA_DIR \S+ is damaged: private message 12 is damaged$/);
  // Nothing of the change of formats was made.
  expect(faultOf(damaged)).toContain('private message 12 is damaged');
});

it('counts what people say and do, and not what the server says', async () => {
  const { recovered } = await recoveredAfter([
    line('attic', 'a message'),
    { ...line('attic', 'does something'), type: 'action' },
    { ...line('attic', 'Ann joined'), type: 'system' },
  ]);
  expect(recovered).toMatchObject({ messagesTotal: 2, privateMessagesTotal: 0 });
});

it('is no more of the event stream than the last that are kept', async () => {
  const rooms = Array.from({ length: EVENTS_KEPT + 5 }, (_, i) => `room${i}`);
  const { recovered } = await recoveredAfter(
    rooms.map((room): JournalRecord => ({ kind: 'room.created', room, by: ANN })),
  );
  expect(recovered.events.map(({ event }) => 'room' in event.data && event.data.room)).toEqual(
    rooms.slice(5),
  );
});

it('is nothing that came for one who had left, nor where they were', async () => {
  const directory = temporaryDirectory();
  await recoveredAfter(
    [
      { kind: 'session.begun', user: ANN, digest: 'a' },
      { kind: 'session.begun', user: BOB, digest: 'b' },
      { kind: 'member.joined', room: 'general', user: ANN },
      { kind: 'session.ended', user: ANN },
      { kind: 'private', from: BOB, to: ANN, text: 'too late', unread: true },
      { kind: 'private.undelivered', user: ANN, notice: { to: 'Bob', ref: undefined } },
    ],
    directory,
  );
  const found = exported(directory);
  expect(found.match(/"table":"privates","row":\["u\d"/g)).toEqual(['"table":"privates","row":["u2"']);
  expect(found).not.toMatch(/"table":"(members|notices)"/);
});

it('is what one wrote to themselves, as sent and as got, after the format has changed', async () => {
  const sealed = JSON.stringify(['Ann', 'digest']);
  const body = JSON.stringify([1.5, ANN, ANN, 'to myself', null]);
  const sql = `
    INSERT INTO sessions (user, body, crc) VALUES ('u1', '${sealed}', ${crc32(`u1 ${sealed}`)});
    INSERT INTO privates (owner, id, direction, unread, body, crc)
    VALUES ('u1', 12, 'pm_sent', 0, '${body}', ${crc32(`12 ${body}`)}),
           ('u1', 12, 'pm', 1, '${body}', ${crc32(`12 ${body}`)});`;
  const [ann] = openIn(ofVersion(2, sql)).recovered().sessions;
  expect(ann?.privates).toMatchObject([
    { message: { text: 'to myself' }, direction: 'pm_sent', unread: false },
    { message: { text: 'to myself' }, direction: 'pm', unread: true },
  ]);
});

// What is written and read by the same code agrees with itself, also where it has lost the directories that are there.
it('is all that a directory of the third format has, by checksums that were written then', async () => {
  const now = 1_700_000_000;
  const row = (...values: (string | number | null)[]) =>
    values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join(', ');
  const columns = (...values: (string | number | null)[]) =>
    `(${row(...values)}, ${crc32(JSON.stringify(values))})`;
  const sealed = (key: string, value: unknown) => {
    const body = JSON.stringify(value);
    return row(body, crc32(`${key} ${body}`));
  };
  const said = JSON.stringify(['message', 'Ann', 'hello']);
  const connected = { type: 'user_connected', data: { user: 'Ann', count: 1 } };
  const sql = `
    INSERT INTO meta (key, value)
    VALUES ('newest', 21), ('messages', 5), ('privates', 4), ('founded', 1600000000000);
    INSERT INTO rooms (room, name, founder, created_at, crc, first, last)
    VALUES (7, 'attic', '${JSON.stringify(ANN)}', 1.25, ${crc32(JSON.stringify([7, 'attic', JSON.stringify(ANN), 1.25]))}, 1, 1);
    INSERT INTO entries (room, id, number, ts, body, crc)
    VALUES (7, 11, 1, 1.5, '${said}', ${crc32(`11 1 1.5 ${said}`)});
    INSERT INTO sessions (user, body, crc) VALUES ('u1', ${sealed('u1', ['Ann', 'digest'])});
    INSERT INTO members (user, room, crc) VALUES ${columns('u1', 'attic')};
    INSERT INTO sends (id, user, ref, room, ts, crc)
    VALUES ${columns(11, 'u1', 'one', 'attic', now)}, ${columns(12, 'u1', 'two', null, now)};
    INSERT INTO privates (owner, id, direction, unread, body, crc)
    VALUES ('u1', 12, 'pm', 1, ${sealed('u1 12 pm true', [2.5, BOB, ANN, 'psst', 'two'])});
    INSERT INTO notices (user, id, body, crc) VALUES ('u1', 21, ${sealed('u1 21', ['Bob', null])});
    INSERT INTO events (id, body, crc) VALUES (3, ${sealed('3', connected)});`;
  const journal = openIn(ofVersion(3, sql), { now: () => now * 1_000 });
  const message = { id: 12, ts: 2.5, from: BOB, to: ANN, text: 'psst', ref: 'two' };
  expect(journal.recovered()).toEqual({
    rooms: [{ name: 'attic', founder: ANN, createdAt: 1.25 }],
    sessions: [
      {
        user: ANN,
        digest: 'digest',
        rooms: ['attic'],
        privates: [{ message, direction: 'pm', unread: true }],
        notices: [{ to: 'Bob', ref: undefined }],
        sends: [
          { id: 11, ts: now, ref: 'one', room: 'attic' },
          { id: 12, ts: now, ref: 'two', room: undefined },
        ],
      },
    ],
    former: [],
    events: [{ id: 3, event: connected }],
    messagesTotal: 5,
    privateMessagesTotal: 4,
    foundedAt: 1_600_000_000,
  });
  expect(journal.newestId()).toBe(21);
  expect(await journal.read('attic', { limit: 9 })).toEqual([
    { id: 11, type: 'message', from: 'Ann', text: 'hello', ts: 1.5 },
  ]);
});
