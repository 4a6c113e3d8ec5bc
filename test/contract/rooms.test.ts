import { describe, expect, it } from 'vitest';
import { startServer } from '../support/server.ts';

describe('joining', () => {
  it('creates a room that is not there, with the words of the server as its first entry', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const joined = await ann.join('attic');
    expect(joined).toMatchObject({ room: 'attic', count: 1, users: [{ name: 'Ann' }] });
    expect(joined.history).toMatchObject([{ type: 'system', from: 'system', text: 'Ann created the room' }]);
  });

  it('tells the members who came, with all users sorted by name', async () => {
    const server = await startServer();
    const [ann, cid, bea] = await server.users('Ann', 'Cid', 'Bea');
    await cid.join('attic');
    await ann.join('attic');
    const joined = await bea.join('attic');
    expect(joined.users.map(({ name }) => name)).toEqual(['Ann', 'Bea', 'Cid']);
    expect(joined.count).toBe(3);
    const seen = await cid.next('user_joined', { room: 'attic', user: 'Bea' });
    expect(seen).toMatchObject({ count: 3, users: joined.users });
    await ann.next('user_joined', { room: 'attic', user: 'Bea' });
    await bea.expectNone('user_joined');
  });

  it('tells nobody outside the room', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('attic');
    await ann.say('attic', 'secretly');
    await ann.leave('attic');
    expect(await bea.during(() => {})).toEqual([]);
    expect(bea.frames.filter((frame) => 'room' in frame && frame.room === 'attic')).toEqual([]);
  });

  it('is an error when one is in the room already', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('attic');
    const again = await ann.ask({ type: 'join', room: 'attic' });
    expect(again).toMatchObject({ type: 'error', code: 'already_in_room' });
    expect(again).toHaveProperty('message', expect.stringContaining('attic'));
    expect(await ann.ask({ type: 'join', room: 'general' })).toMatchObject({ code: 'already_in_room' });
    await bea.expectNone('user_joined');
  });

  it('gives the last 50 entries, oldest first', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('attic');
    for (let i = 0; i < 60; i++) await ann.say('attic', `line ${i}`);
    const { history } = await bea.join('attic');
    expect(history.map(({ text }) => text)).toEqual(Array.from({ length: 50 }, (_, i) => `line ${i + 10}`));
  });

  it('does not create a standing room', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    for (const room of ['random', 'help']) expect((await ann.join(room)).history).toEqual([]);
  });

  it('creates a room once when two join at the same time', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await Promise.all([ann.join('attic'), bea.join('attic')]);
    const { body } = await server.get('/api/room/attic/history');
    expect(body).toHaveLength(1);
    expect(body[0].text).toMatch(/^(Ann|Bea) created the room$/);
    expect((await server.get('/api/room/attic/users')).body).toHaveLength(2);
  });
});

describe('room names', () => {
  it.each([
    ['lower case', 'Attic', 'attic'],
    ['NFKC', 'Ａｔｔｉｃ', 'attic'],
    ['with _ for anything else', 'my room!', 'my_room_'],
    ['with every letter kept', 'Комната', 'комната'],
    ['with digits', '42', '42'],
    ['with -', 'a-b', 'a-b'],
    ['cut at 30', 'r'.repeat(35), 'r'.repeat(30)],
    ['cut at 30 code points', '𐐷'.repeat(35), '𐐷'.repeat(30)],
    ['whatever it is called', '__proto__', '__proto__'],
    ['whatever else it is called', 'constructor', 'constructor'],
  ])('are written %s', async (_, written, name) => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    expect((await ann.join(written)).room).toBe(name);
    expect(await ann.say(written, 'hello')).toMatchObject({ room: name, text: 'hello' });
    expect(await ann.ask({ type: 'get_users', room: written })).toMatchObject({ room: name, count: 1 });
    const history = await ann.ask({ type: 'get_history', room: written });
    expect(history).toMatchObject({ room: name, messages: [{ type: 'system' }, { text: 'hello' }] });
    const rest = await server.get(`/api/room/${encodeURIComponent(written)}/history`);
    expect(rest.body).toHaveLength(2);
    expect(await ann.ask({ type: 'join', room: written })).toMatchObject({ code: 'already_in_room' });
    ann.send({ type: 'typing', room: written, typing: true });
    await ann.expectNone('error');
    expect((await ann.leave(written)).room).toBe(name);
  });

  it.each([
    ['empty', ''],
    ['of one character', 'a'],
    ['without a letter or digit', '___'],
    ['of signs alone', '!?-'],
  ])('are refused when %s', async (_, room) => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    for (const frame of [
      { type: 'join' },
      { type: 'leave' },
      { type: 'get_users' },
      { type: 'get_history' },
    ]) {
      expect(await ann.ask({ ...frame, room })).toMatchObject({ type: 'error', code: 'bad_name' });
    }
    expect(await ann.ask({ type: 'message', room, text: 'x' })).toMatchObject({ code: 'bad_name' });
    expect(await ann.ask({ type: 'typing', room, typing: true })).toMatchObject({ code: 'bad_name' });
  });
});

describe('leaving', () => {
  it('tells the user with left and the others with user_left', async () => {
    const server = await startServer();
    const [ann, bea, cid] = await server.users('Ann', 'Bea', 'Cid');
    for (const client of [ann, bea, cid]) await client.join('attic');
    expect(await bea.leave('attic')).toMatchObject({ type: 'left', room: 'attic' });
    const seen = await ann.next('user_left');
    expect(seen).toMatchObject({ room: 'attic', user: 'Bea', count: 2 });
    expect(seen.users.map(({ name }) => name)).toEqual(['Ann', 'Cid']);
    await cid.next('user_left', { room: 'attic', user: 'Bea' });
    await bea.expectNone('user_left');
  });

  it('ends what one hears of the room', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('attic');
    await bea.join('attic');
    await bea.leave('attic');
    await ann.say('attic', 'still there?');
    await bea.expectNone('message');
    expect(await bea.ask({ type: 'message', room: 'attic', text: 'no' })).toMatchObject({
      code: 'not_in_room',
    });
  });

  it('is refused for general', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const error = await ann.ask({ type: 'leave', room: 'general' });
    expect(error).toMatchObject({ type: 'error', code: 'cannot_leave' });
    expect(error).toHaveProperty('message', expect.stringContaining('general'));
    expect(await ann.say('general', 'still here')).toMatchObject({ text: 'still here' });
  });

  it('is an error for a room one is not in', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    expect(await ann.ask({ type: 'leave', room: 'random' })).toMatchObject({
      type: 'error',
      code: 'not_in_room',
      message: expect.stringContaining('random'),
    });
  });

  it('deletes a room with its last member', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('attic');
    await bea.join('attic');
    await ann.leave('attic');
    expect(await ann.ask({ type: 'get_users', room: 'attic' })).toMatchObject({ count: 1 });
    await bea.leave('attic');
    await expect.poll(async () => (await server.get('/api/room/attic/users')).status).toBe(404);
    expect(await ann.ask({ type: 'get_users', room: 'attic' })).toMatchObject({ code: 'room_not_found' });
  });

  it('leaves the standing rooms standing', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('random');
    await ann.say('random', 'kept');
    await ann.leave('random');
    const rooms = await ann.ask({ type: 'get_rooms' });
    expect(rooms).toMatchObject({
      rooms: [{ name: 'general' }, { name: 'help' }, { name: 'random', users: 0 }],
    });
    expect((await ann.join('random')).history).toMatchObject([{ text: 'kept' }]);
  });

  it('begins without a past when it is created again', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    await ann.say('attic', 'of the first life');
    await ann.leave('attic');
    await expect.poll(async () => (await server.get('/api/room/attic/users')).status).toBe(404);
    expect((await ann.join('attic')).history).toMatchObject([{ type: 'system' }]);
    const { id } = await ann.say('attic', 'of the second');
    expect(await ann.ask({ type: 'get_history', room: 'attic', before: id })).toMatchObject({
      messages: [{ type: 'system' }],
    });
    expect((await server.get(`/api/room/attic/history?before=${id}`)).body).toHaveLength(1);
  });

  it('creates anew a room that is joined while it is being deleted', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    for (let i = 0; i < 20; i++) {
      await ann.join('attic');
      const [, joined] = await Promise.all([ann.leave('attic'), bea.join('attic')]);
      expect(joined.users.map(({ name }) => name)).toContain('Bea');
      expect(joined.history[0]?.text).toMatch(/created the room$/);
      expect(await bea.say('attic', `round ${i}`)).toMatchObject({ from: 'Bea' });
      await bea.leave('attic');
    }
  });

  it('can be done and undone in one go', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    const frames = await ann.during(async () => {
      ann.send({ type: 'leave', room: 'attic' });
      ann.send({ type: 'join', room: 'attic' });
      ann.send({ type: 'message', room: 'attic', text: 'back' });
      await ann.next('message');
    });
    expect(frames.map(({ type }) => type)).toEqual(['left', 'joined', 'message']);
  });
});
