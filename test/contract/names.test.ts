import { describe, expect, it } from 'vitest';
import { startServer } from '../support/server.ts';

describe('names on connecting', () => {
  it.each([
    ['keeps letters, digits, _ and -', 'Ann_Lee-9', 'Ann_Lee-9'],
    ['is brought into NFKC', 'Ａｎｎ', 'Ann'],
    ['composes what is decomposed', 'Zoe\u0308', 'Zoë'],
    ['turns anything else into _', 'Ann Lee!', 'Ann_Lee_'],
    ['turns a character of two code units into one _', 'a😀b', 'a_b'],
    ['turns markup into _', '<b>x</b>', '_b_x__b_'],
    ['keeps Cyrillic', 'Дмитрий', 'Дмитрий'],
    ['keeps Chinese', '小明', '小明'],
    ['keeps Arabic', 'نور', 'نور'],
    ['keeps marks', 'नमस्ते', 'नमस्ते'],
    ['is cut at 20', 'a'.repeat(25), 'a'.repeat(20)],
    ['is cut at 20 code points, not units', '𐐷'.repeat(25), '𐐷'.repeat(20)],
    ['is cut after NFKC', 'ﬁ'.repeat(15), 'fi'.repeat(10)],
    ['is kept at exactly 20', 'b'.repeat(20), 'b'.repeat(20)],
    ['is kept at 2', 'Al', 'Al'],
  ])('%s', async (_, name, expected) => {
    const server = await startServer();
    const client = await server.user(name);
    expect(client.me.name).toBe(expected);
  });

  it.each([
    ['is absent', undefined],
    ['is empty', ''],
    ['has one character', 'A'],
    ['has one character of two code units', '𐐷'],
  ])('becomes User and digits when it %s', async (_, name) => {
    const server = await startServer();
    const client = await server.user(name);
    expect(client.me.name).toMatch(/^User\d+$/);
  });

  it('gives every nameless user another name', async () => {
    const server = await startServer();
    const clients = [await server.user(), await server.user(), await server.user()];
    expect(new Set(clients.map(({ me }) => me.name)).size).toBe(3);
  });

  it('gives a taken name a number', async () => {
    const server = await startServer();
    await server.user('Ann');
    const second = await server.user('Ann');
    const third = await server.user('Ann');
    expect(second.me.name).toMatch(/^Ann\d+$/);
    expect(third.me.name).toMatch(/^Ann\d+$/);
    expect(third.me.name).not.toBe(second.me.name);
  });

  it('takes a name in another case for the same', async () => {
    const server = await startServer();
    await server.users('Ann', 'Дмитрий');
    expect((await server.user('aNN')).me.name).toMatch(/^aNN\d+$/);
    expect((await server.user('ДМИТРИЙ')).me.name).toMatch(/^ДМИТРИЙ\d+$/);
  });

  it('takes a name in another normal form for the same', async () => {
    const server = await startServer();
    await server.user('Zoë');
    expect((await server.user('Zoe\u0308')).me.name).toMatch(/^Zoë\d+$/);
  });

  it('keeps the number within the 20', async () => {
    const server = await startServer();
    await server.user('𐐷'.repeat(20));
    const second = await server.user('𐐷'.repeat(20));
    expect([...second.me.name]).toHaveLength(20);
    expect(second.me.name).toMatch(/^𐐷+\d+$/u);
  });

  it('keeps the name of someone who is away taken', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.close();
    await server.untilAway(bea, 'Ann');
    expect((await server.user('Ann')).me.name).toMatch(/^Ann\d+$/);
  });

  it('frees the name of a session that has ended', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    ann.send({ type: 'quit' });
    await bea.next('user_left', { user: 'Ann' });
    expect((await server.user('Ann')).me.name).toBe('Ann');
  });

  it.each(['system', 'System', 'ｓｙｓｔｅｍ'])('lets nobody be called %s', async (name) => {
    const server = await startServer();
    const client = await server.user(name);
    expect(client.me.name.toLowerCase()).not.toBe('system');
    expect([...client.me.name].length).toBeGreaterThanOrEqual(2);
  });

  it('gives sixty users of one name sixty names', async () => {
    const server = await startServer();
    const clients = await Promise.all(Array.from({ length: 60 }, () => server.user('Ann')));
    expect(new Set(clients.map(({ me }) => me.name.toLowerCase())).size).toBe(60);
    for (const { me } of clients) expect(me.name).toMatch(/^Ann\d*$/);
  });
});

describe('a name that differs from a taken one by', () => {
  it.each([
    ['the case of a sharp s', 'Straße', 'Straẞe'],
    ['a sharp s written as two', 'Straße', 'STRASSE'],
    ['a variation selector', 'Ann', 'Ann\uFE00'],
    ['a combining grapheme joiner', 'Ann', 'A\u034Fnn'],
  ])('%s is taken too', async (_what, taken, wished) => {
    const server = await startServer();
    const [, bob] = await server.users(taken, 'Bob');
    expect(await bob?.ask({ type: 'set_nick', name: wished })).toMatchObject({ code: 'name_taken' });
  });

  it('nothing that one sees is not to be had for the server’s own either', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    expect(await ann.ask({ type: 'set_nick', name: 'system\uFE00' })).toMatchObject({ code: 'name_taken' });
  });
});
