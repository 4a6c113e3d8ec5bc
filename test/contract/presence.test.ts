import { describe, expect, it } from 'vitest';
import type { ServerFrameOf } from '../../src/protocol/server-frames.ts';
import type { ChatClient } from '../support/client.ts';
import { startServer, type TestServer } from '../support/server.ts';

const membership = ['user_joined', 'user_left', 'nick_changed'];

describe('a room of more than 100 members', () => {
  it('tells of coming, going and renaming by presence alone', async () => {
    const { server, watcher, others } = await crowd(105);
    const before = watcher.frames.length;
    const zoe = await server.user('Zoe');
    const came = await watcher.next('presence', ({ joined }) => joined.length > 0);
    expect(came).toEqual({
      type: 'presence',
      room: 'general',
      joined: [{ id: zoe.me.user_id, name: 'Zoe', typing: false, status: 'online' }],
      left: [],
      renamed: [],
      count: 106,
    });
    await zoe.ask({ type: 'set_nick', name: 'Zoey' });
    const renamed = await watcher.next('presence', (frame) => frame.renamed.length > 0);
    expect(renamed.renamed).toEqual([{ id: zoe.me.user_id, old_name: 'Zoe', new_name: 'Zoey' }]);
    zoe.send({ type: 'quit' });
    const gone = await watcher.next('presence', ({ left }) => left.length > 0);
    expect(gone).toMatchObject({ left: [{ id: zoe.me.user_id, name: 'Zoey' }], count: 105 });
    for (const other of others) await other.next('presence', ({ left }) => left.length > 0);
    expect(watcher.frames.slice(before).filter(({ type }) => membership.includes(type))).toEqual([]);
  });

  it('gives whoever joins the first 100 users and the whole count', async () => {
    const { server } = await crowd(105);
    const zoe = await server.connect({ name: 'zoe' });
    const joined = await zoe.next('joined');
    expect(joined.count).toBe(106);
    expect(joined.users.map(({ name }) => name)).toEqual(crowdNames(100));
  });

  it('is paged through by get_users', async () => {
    const { watcher } = await crowd(105);
    const first = await watcher.ask({ type: 'get_users', room: 'general' });
    expect(first).toMatchObject({ type: 'user_list', count: 105 });
    expect(names(first)).toEqual(crowdNames(100));
    const rest = await watcher.ask({ type: 'get_users', room: 'general', after: 'u099' });
    expect(rest).toMatchObject({ count: 105 });
    expect(names(rest)).toEqual(crowdNames(105).slice(100));
  });

  it('tells the net change, so that whoever keeps book by it is right', async () => {
    const { server, watcher, others } = await crowd(103);
    const book = new Map<string, string>();
    const whole = async (): Promise<{ id: string; name: string }[]> =>
      (await server.get('/api/room/general/users')).body;
    for (const { id, name } of await whole()) book.set(id, name);
    const [passing, renaming] = await Promise.all([server.user('xa'), server.user('xb'), server.user('xc')]);
    passing.send({ type: 'quit' });
    renaming.send({ type: 'set_nick', name: 'y1' });
    renaming.send({ type: 'set_nick', name: 'y2' });
    others[50]?.send({ type: 'quit' });
    const last = await server.user('zz');
    await passing.closed;
    await renaming.next('nick_changed', { new_name: 'y2' });
    const expected = [...crowdNames(103).filter((name) => name !== 'u051'), 'xc', 'y2', 'zz'];
    while (!(book.has(last.me.user_id) && book.size === expected.length)) {
      apply(book, await watcher.next('presence'));
    }
    expect([...book.values()].sort()).toEqual(expected);
    expect((await whole()).map(({ name }) => name)).toEqual(expected);
  });

  it('gathers changes for 250 ms', async () => {
    const { server, watcher, others } = await crowd(103);
    const start = performance.now();
    await Promise.all(others.slice(0, 60).map((each, i) => each.ask({ type: 'set_nick', name: `v${i}` })));
    const zoe = await server.user('zoe');
    await watcher.next('presence', ({ joined }) => joined.some(({ id }) => id === zoe.me.user_id));
    const elapsed = performance.now() - start;
    const frames = watcher.frames.filter((frame) => frame.type === 'presence' && frame.renamed.length > 0);
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.length).toBeLessThanOrEqual(Math.ceil(elapsed / 250) + 1);
  });
});

describe('a room of 100 members', () => {
  it('still gets whole lists', async () => {
    const { server, watcher } = await crowd(99);
    const zoe = await server.user('zoe');
    const seen = await watcher.next('user_joined', { user: 'zoe' });
    expect(seen.users).toHaveLength(100);
    expect(seen.count).toBe(100);
    await zoe.ask({ type: 'set_nick', name: 'zoey' });
    expect((await watcher.next('nick_changed', { new_name: 'zoey' })).users).toHaveLength(100);
    zoe.send({ type: 'quit' });
    expect((await watcher.next('user_left', { user: 'zoey' })).users).toHaveLength(99);
    await watcher.expectNone('presence');
  });
});

describe('a room that stops being large', () => {
  it('tells of a leaver once, under the name that the others know', async () => {
    const { server, watcher, others } = await crowd(101);
    const [leaver] = others;
    const seen = await watcher.during(async () => {
      leaver?.send({ type: 'set_nick', name: 'zed' });
      leaver?.send({ type: 'quit' });
      await leaver?.closed;
    });
    expect(seen).toEqual([expect.objectContaining({ type: 'user_left', user: 'u001', count: 100 })]);
    expect((await server.get('/api/room/general/users')).body).toHaveLength(100);
  });

  it('does not tell of one who came and went before the others heard of them', async () => {
    const { server, watcher } = await crowd(100);
    const seen = await watcher.during(async () => {
      const passing = await server.user('passing');
      passing.send({ type: 'quit' });
      await passing.closed;
    });
    expect(seen).toEqual([]);
  });
});

const crowdNames = (size: number) => Array.from({ length: size }, (_, i) => `u${String(i).padStart(3, '0')}`);

/** That many users in general, of whom the first has seen all the others come. */
async function crowd(
  size: number,
): Promise<{ server: TestServer; watcher: ChatClient; others: ChatClient[] }> {
  const server = await startServer();
  const [first = '', ...rest] = crowdNames(size);
  const watcher = await server.user(first);
  const others: ChatClient[] = [];
  // Not all at once: on a busy machine the last one would wait too long for its turn.
  for (let i = 0; i < rest.length; i += 20) {
    others.push(...(await Promise.all(rest.slice(i, i + 20).map((name) => server.user(name)))));
  }
  if (size > 100) await watcher.next('presence', { count: size });
  else await watcher.next('user_joined', { count: size });
  await watcher.forget();
  return { server, watcher, others };
}

function names(frame: object): string[] {
  return 'users' in frame && Array.isArray(frame.users) ? frame.users.map(({ name }) => name) : [];
}

function apply(book: Map<string, string>, frame: ServerFrameOf<'presence'>): void {
  for (const { id, name } of frame.left) {
    expect(book.get(id)).toBe(name);
    book.delete(id);
  }
  for (const { id, old_name, new_name } of frame.renamed) {
    expect(book.get(id)).toBe(old_name);
    book.set(id, new_name);
  }
  for (const { id, name } of frame.joined) {
    expect(book.has(id)).toBe(false);
    book.set(id, name);
  }
  expect(book.size).toBe(frame.count);
}
