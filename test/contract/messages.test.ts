import { describe, expect, it } from 'vitest';
import { startServer } from '../support/server.ts';

describe('posting', () => {
  it('reaches every member, the sender too, as the same frame', async () => {
    const server = await startServer();
    const [ann, bea, cid] = await server.users('Ann', 'Bea', 'Cid');
    ann.send({ type: 'message', room: 'general', text: 'hello' });
    const own = await ann.next('message');
    expect(own).toMatchObject({ room: 'general', from: 'Ann', text: 'hello' });
    expect(await bea.next('message')).toEqual(own);
    expect(await cid.next('message')).toEqual(own);
  });

  it('stays in its room', async () => {
    const server = await startServer();
    const [ann, bea, cid] = await server.users('Ann', 'Bea', 'Cid');
    await ann.join('attic');
    await bea.join('attic');
    await ann.say('attic', 'psst');
    await bea.next('message', { room: 'attic', text: 'psst' });
    await cid.expectNone('message');
  });

  it('gives ids that are whole, positive, below 2^53, and rise over all rooms', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    const ids: number[] = [];
    for (let i = 0; i < 6; i++) ids.push((await ann.say(i % 2 ? 'attic' : 'general', `${i}`)).id);
    for (const id of ids) expect(Number.isSafeInteger(id) && id > 0).toBe(true);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  });

  it('gives ids that rise over a restart', async () => {
    const first = await startServer();
    const [ann] = await first.users('Ann');
    let last = 0;
    for (let i = 0; i < 20; i++) last = (await ann.say('general', `${i}`)).id;
    await first.close();
    const second = await startServer();
    const [bea] = await second.users('Bea');
    expect((await bea.say('general', 'after')).id).toBeGreaterThan(last);
  });

  it('stamps the time in seconds with a fraction', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const before = Date.now() / 1_000;
    const stamps = [];
    for (let i = 0; i < 5; i++) stamps.push((await ann.say('general', `${i}`)).ts);
    const after = Date.now() / 1_000;
    for (const ts of stamps) {
      expect(ts).toBeGreaterThanOrEqual(before - 0.01);
      expect(ts).toBeLessThanOrEqual(after + 0.01);
    }
    expect(stamps.some((ts) => !Number.isInteger(ts))).toBe(true);
  });

  it('keeps the order of one sender', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const texts = Array.from({ length: 200 }, (_, i) => `line ${i}`);
    for (const text of texts) ann.send({ type: 'message', room: 'general', text });
    for (const text of texts) expect((await bea.next('message')).text).toBe(text);
  });

  it('has one order for all receivers', async () => {
    const server = await startServer();
    const clients = await server.users('Ann', 'Bea', 'Cid');
    for (let i = 0; i < 40; i++) {
      for (const client of clients) client.send({ type: 'message', room: 'general', text: `${i}` });
    }
    const orders = [];
    for (const client of clients) {
      const ids = [];
      for (let i = 0; i < 120; i++) ids.push((await client.next('message')).id);
      orders.push(ids);
    }
    expect(orders[1]).toEqual(orders[0]);
    expect(orders[2]).toEqual(orders[0]);
  });

  it('is refused in a room one is not in, and reaches nobody', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.join('attic');
    const error = await ann.ask({ type: 'message', room: 'attic', text: 'hi' });
    expect(error).toMatchObject({ code: 'not_in_room', message: 'You are not in room: attic' });
    await bea.expectNone('message');
  });

  it('is the same in the history as it was live', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const { room: _, ...entry } = await ann.say('general', 'kept');
    const history = await ann.ask({ type: 'get_history', room: 'general' });
    expect(history).toMatchObject({ messages: [entry] });
  });
});

describe('text', () => {
  it.each([
    ['trimmed', '  \n hi there \t ', 'hi there'],
    ['with tabs and newlines inside', 'a\tb\nc', 'a\tb\nc'],
    ['with two slashes as one literal slash', '//etc/passwd', '/etc/passwd'],
    ['with two slashes alone as a slash', '//', '/'],
    ['with three slashes as two', '///x', '//x'],
    ['in Cyrillic', 'Привет, мир', 'Привет, мир'],
    ['in Chinese', '你好，世界', '你好，世界'],
    ['from right to left', 'مرحبا', 'مرحبا'],
    ['as emoji with joiners', '👩‍👩‍👧‍👦🏳️‍🌈', '👩‍👩‍👧‍👦🏳️‍🌈'],
    ['in the normal form in which it came', 'Zoe\u0308 ﬁ', 'Zoe\u0308 ﬁ'],
    ['with markup as it is', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['of 2,000 characters', 'x'.repeat(2_000), 'x'.repeat(2_000)],
    ['of 2,000 characters of two code units', '😀'.repeat(2_000), '😀'.repeat(2_000)],
    ['of 2,000 characters once trimmed', `  ${'x'.repeat(2_000)}  `, 'x'.repeat(2_000)],
    ['of one character', 'x', 'x'],
    ['with a null object inside', '{"__proto__":null}', '{"__proto__":null}'],
  ])('is posted %s', async (_, text, expected) => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    expect((await ann.say('general', text)).text).toBe(expected);
    expect((await bea.next('message')).text).toBe(expected);
    expect((await server.get('/api/room/general/history')).body).toMatchObject([{ text: expected }]);
  });

  it.each([
    ['empty', '', 'empty'],
    ['nothing but white space', ' \n\t ', 'empty'],
    ['2,001 characters', 'x'.repeat(2_001), 'too_long'],
    ['2,001 characters of two code units', '😀'.repeat(2_001), 'too_long'],
    ['holding a NUL', 'a\u0000b', 'bad_text'],
    ['holding an escape', 'a\u001b[31mb', 'bad_text'],
    ['holding a carriage return', 'a\rb', 'bad_text'],
    ['holding a DEL', 'a\u007fb', 'bad_text'],
    ['holding a C1 control', 'a\u009fb', 'bad_text'],
  ])('is refused when %s', async (_, text, code) => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    expect(await ann.ask({ type: 'message', room: 'general', text })).toMatchObject({ type: 'error', code });
    expect(await ann.ask({ type: 'pm', to: 'Bea', text })).toMatchObject({ type: 'error', code });
    await bea.expectNone('message');
    await bea.expectNone('pm');
    expect((await server.get('/api/room/general/history')).body).toEqual([]);
  });

  it('may be as long as MAX_TEXT says', async () => {
    const server = await startServer({ MAX_TEXT: 10 });
    const [ann] = await server.users('Ann');
    expect(await ann.say('general', 'x'.repeat(10))).toMatchObject({ text: 'x'.repeat(10) });
    expect(await ann.ask({ type: 'message', room: 'general', text: 'x'.repeat(11) })).toMatchObject({
      code: 'too_long',
    });
  });
});
