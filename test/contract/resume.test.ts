import { describe, expect, it } from 'vitest';
import type { ChatClient } from '../support/client.ts';
import { startServer } from '../support/server.ts';

/** The entries of a room that a resume brought. */
function missed(client: ChatClient, room: string) {
  if (client.me.type !== 'resumed') throw new Error('not resumed');
  return Object.hasOwn(client.me.missedMessages, room) ? (client.me.missedMessages[room] ?? []) : [];
}

const recovered = (client: ChatClient) => client.me.type === 'resumed' && client.me.recovered;

describe('resuming', () => {
  it('begins with resumed, which tells who one is and where', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    await ann.drop();
    const again = await server.resume(ann, ann.cursor);
    expect(again.frames[0]).toMatchObject({
      type: 'resumed',
      user_id: ann.me.user_id,
      session_id: ann.me.session_id,
      name: 'Ann',
      recovered: true,
    });
    expect([...again.me.rooms].sort()).toEqual(['attic', 'general']);
    await again.expectNone('joined');
  });

  it('brings what each room got after the cursor', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    for (const client of [ann, bea]) await client.join('attic');
    await bea.say('general', 'seen');
    const seen = await ann.next('message', { text: 'seen' });
    await ann.drop();
    const one = await bea.say('general', 'one');
    const two = await bea.say('attic', 'two');
    await bea.ask({ type: 'message', room: 'general', text: '/me waves' });
    const again = await server.resume(ann, seen.id);
    expect(missed(again, 'general')).toEqual([
      { id: one.id, type: 'message', from: 'Bea', text: 'one', ts: one.ts },
      expect.objectContaining({ type: 'action', text: '* Bea waves' }),
    ]);
    expect(missed(again, 'attic')).toMatchObject([{ id: two.id, text: 'two' }]);
    expect(recovered(again)).toBe(true);
    await again.expectNone('message');
  });

  it('brings nothing when nothing was missed', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const { id } = await bea.say('general', 'seen');
    const again = await server.resume(ann, id);
    expect(missed(again, 'general')).toEqual([]);
    expect(recovered(again)).toBe(true);
  });

  it.each([
    ['absent', undefined],
    ['0', 0],
    ['above the newest id', Number.MAX_SAFE_INTEGER],
  ])('brings all that is kept when the cursor is %s', async (_, cursor) => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('attic');
    await ann.say('attic', 'in attic');
    await bea.say('general', 'in general');
    bea.send({ type: 'pm', to: 'Ann', text: 'to Ann' });
    await ann.next('pm');
    const again = await server.resume(ann, cursor);
    expect(missed(again, 'attic')).toMatchObject([{ type: 'system' }, { text: 'in attic' }]);
    expect(missed(again, 'general')).toMatchObject([{ text: 'in general' }]);
    await again.next('pm', { text: 'to Ann' });
    expect(recovered(again)).toBe(true);
  });

  it.each([
    'abc',
    '-1',
    '1.5',
    'NaN',
    '99999999999999999999999',
    '__proto__',
    'newest and more',
    'after newest',
  ])('takes %s for no cursor', async (cursor) => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const { id } = await ann.say('general', 'hello');
    const { me } = await server.resume(ann, cursor.replace('newest', String(id)));
    expect(me).toMatchObject({ type: 'resumed', missedMessages: { general: [{ id }] } });
  });

  it('brings private messages above the cursor, both ways, in id order', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    bea.send({ type: 'pm', to: 'Ann', text: 'seen' });
    const seen = await ann.next('pm');
    const sent = [];
    for (let i = 0; i < 6; i++) {
      const [from, to] = i % 2 ? [ann, 'Bea'] : [bea, 'Ann'];
      sent.push(await from.ask({ type: 'pm', to, text: `${i}` }));
    }
    const again = await server.resume(ann, seen.id);
    await again.settle();
    expect(again.frames.slice(1, 7)).toMatchObject([
      { type: 'pm', from: 'Bea', text: '0' },
      { type: 'pm_sent', to: 'Bea', text: '1' },
      { type: 'pm', text: '2' },
      { type: 'pm_sent', text: '3' },
      { type: 'pm', text: '4' },
      { type: 'pm_sent', text: '5' },
    ]);
    expect(again.frames.filter(({ type }) => type.startsWith('pm'))).toHaveLength(6);
  });

  it('brings the last 100 private messages', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    for (let i = 0; i < 110; i++) bea.send({ type: 'pm', to: 'Ann', text: `${i}` });
    await ann.next('pm', { text: '109' });
    const again = await (await server.resume(ann)).settle();
    const texts = again.frames.flatMap((frame) => (frame.type === 'pm' ? [frame.text] : []));
    expect(texts).toEqual(Array.from({ length: 100 }, (_, i) => `${i + 10}`));
  });

  it('brings the newest 100 entries of a room, and says that some are left out', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const { id } = await bea.say('general', 'seen');
    for (let i = 0; i < 100; i++) await bea.say('general', `${i}`);
    const whole = await server.resume(ann, id);
    expect(missed(whole, 'general')).toHaveLength(100);
    expect(recovered(whole)).toBe(true);
    await bea.say('general', '100');
    const cut = await server.resume(ann, id);
    expect(missed(cut, 'general').map(({ text }) => text)).toEqual(
      Array.from({ length: 100 }, (_, i) => `${i + 1}`),
    );
    expect(recovered(cut)).toBe(false);
    // Nor is all recovered when some other room has all that one missed of it.
    await cut.join('attic');
    expect(recovered(await server.resume(ann, id))).toBe(false);
  });

  it('stays below 512 KiB, keeps the newest, and says so', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    for (const client of [ann, bea]) await client.join('attic');
    const { id } = await bea.say('general', 'seen');
    for (let i = 0; i < 50; i++) {
      await bea.say('general', `${i} ${'😀'.repeat(1_990)}`);
      await bea.say('attic', `${i} ${'😀'.repeat(1_990)}`);
    }
    const again = await server.resume(ann, id);
    expect(Buffer.byteLength(JSON.stringify(again.me))).toBeLessThanOrEqual(512 * 1024);
    expect(recovered(again)).toBe(false);
    const kept = ['general', 'attic'].map((room) => missed(again, room));
    const total = kept.flat().length;
    // 512 KiB hold 65 of these; how many exactly is the server's business.
    expect(total).toBeGreaterThan(50);
    expect(total).toBeLessThan(100);
    for (const entries of kept) {
      const numbers = entries.map(({ text }) => Number(text.split(' ')[0]));
      expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => 50 - numbers.length + i));
    }
  });

  it('keeps rooms apart whatever they are called', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    for (const room of ['__proto__', 'constructor']) {
      await ann.join(room);
      await bea.join(room);
      await bea.say(room, `in ${room}`);
    }
    const again = await server.resume(ann, 0);
    for (const room of ['__proto__', 'constructor']) {
      expect(missed(again, room)).toMatchObject([{ type: 'system' }, { text: `in ${room}` }]);
    }
  });

  it('misses nothing and repeats nothing while the rooms are busy', async () => {
    const server = await startServer();
    const [ann, bea, cid] = await server.users('Ann', 'Bea', 'Cid');
    for (const client of [ann, bea, cid]) await client.join('attic');
    const { id: start } = await bea.say('general', 'start');
    await ann.next('message', { id: start });
    const writing = Promise.all([write(bea, 'general', 90), write(cid, 'attic', 90)]);
    const got: number[] = [];
    let reader = ann;
    let cursor = start;
    for (let round = 0; round < 8; round++) {
      const next = await server.connect({ session: ann.me.session_id, lastMsgId: cursor });
      await next.next('resumed');
      await next.settle();
      await reader.drop();
      await next.drop();
      got.push(...entryIds(next));
      cursor = Math.max(cursor, next.cursor);
      reader = next;
    }
    const written = (await writing).flat();
    const last = await (await server.resume(ann, cursor)).settle();
    got.push(...entryIds(last));
    expect(got.sort((a, b) => a - b)).toEqual(written.sort((a, b) => a - b));
  });
});

async function write(client: ChatClient, room: string, count: number): Promise<number[]> {
  const ids = [];
  for (let i = 0; i < count; i++) ids.push((await client.say(room, `${room} ${i}`)).id);
  return ids;
}

function entryIds(client: ChatClient): number[] {
  return client.frames.flatMap((frame) => {
    if (frame.type === 'resumed')
      return Object.values(frame.missedMessages).flatMap((all) => all.map(({ id }) => id));
    return frame.type === 'message' ? [frame.id] : [];
  });
}
