import { describe, expect, it } from 'vitest';
import { startServer } from '../support/server.ts';

describe('set_nick', () => {
  it('tells the user, and the other members of each room', async () => {
    const server = await startServer();
    const [ann, bea, cid] = await server.users('Ann', 'Bea', 'Cid');
    await ann.join('attic');
    await cid.join('attic');
    for (const client of [ann, bea, cid]) await client.forget();
    const own = await ann.ask({ type: 'set_nick', name: 'Zoë' });
    expect(own).toMatchObject({ type: 'nick_changed', old_name: 'Ann', new_name: 'Zoë' });
    expect(own).not.toHaveProperty('room');
    const seen = await bea.next('nick_changed');
    expect(seen).toMatchObject({ old_name: 'Ann', new_name: 'Zoë', room: 'general', count: 3 });
    expect(seen.users?.map(({ name }) => name)).toEqual(['Bea', 'Cid', 'Zoë']);
    await cid.next('nick_changed', { room: 'general' });
    expect(await cid.next('nick_changed', { room: 'attic' })).toMatchObject({ count: 2 });
    await ann.expectNone('nick_changed');
    await bea.expectNone('nick_changed');
  });

  it('is what later messages, lists and entries show', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.say('general', 'before');
    await ann.ask({ type: 'set_nick', name: 'Zoe' });
    await ann.say('general', 'after');
    expect(await bea.next('message', { text: 'after' })).toMatchObject({ from: 'Zoe' });
    const { body } = await server.get('/api/room/general/history');
    expect(body).toMatchObject([{ from: 'Ann' }, { from: 'Zoe' }]);
    expect(await bea.ask({ type: 'get_users', room: 'general' })).toMatchObject({
      users: [{ name: 'Bea' }, { name: 'Zoe', id: ann.me.user_id }],
    });
  });

  it('writes a name like any other', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const written = [
      ['Ann Lee!', 'Ann_Lee_'],
      ['Ｂｅａ', 'Bea'],
      ['n'.repeat(25), 'n'.repeat(20)],
    ];
    for (const [name, expected] of written) {
      expect(await ann.ask({ type: 'set_nick', name })).toMatchObject({ new_name: expected });
    }
  });

  it('to less than two characters gives User and digits', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    expect(await ann.ask({ type: 'set_nick', name: 'A' })).toMatchObject({
      type: 'nick_changed',
      new_name: expect.stringMatching(/^User\d+$/),
    });
  });

  it.each(['Bea', 'BEA', 'Ｂｅａ'])('to a name that is taken is an error (%s)', async (name) => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    expect(await ann.ask({ type: 'set_nick', name })).toMatchObject({
      type: 'error',
      code: 'name_taken',
      message: expect.stringMatching(/Bea|BEA|Ｂｅａ/),
    });
    await bea.expectNone('nick_changed');
    await ann.expectNone('nick_changed');
  });

  it.each(['system', 'SYSTEM'])('to %s is an error', async (name) => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    expect(await ann.ask({ type: 'set_nick', name })).toMatchObject({ type: 'error' });
    expect((await ann.say('general', 'who am I?')).from).toBe('Ann');
  });

  it('to the name of someone away is an error', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.close();
    await server.untilAway(ann, 'Bea');
    expect(await ann.ask({ type: 'set_nick', name: 'Bea' })).toMatchObject({ code: 'name_taken' });
  });

  it('to one’s own name in another case renames', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    expect(await ann.ask({ type: 'set_nick', name: 'ANN' })).toMatchObject({
      old_name: 'Ann',
      new_name: 'ANN',
    });
    expect(await bea.next('nick_changed')).toMatchObject({
      old_name: 'Ann',
      new_name: 'ANN',
      room: 'general',
    });
  });

  it('to one’s very own name says so and does nothing', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    expect(await ann.ask({ type: 'set_nick', name: 'Ann' })).toMatchObject({
      type: 'nick_changed',
      old_name: 'Ann',
      new_name: 'Ann',
    });
    expect(await bea.during(() => ann.settle())).toEqual([]);
    await bea.expectNone('nick_changed');
  });

  it('frees the old name', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.ask({ type: 'set_nick', name: 'Zoe' });
    expect(await bea.ask({ type: 'set_nick', name: 'Ann' })).toMatchObject({ new_name: 'Ann' });
    expect((await server.user('Zoe')).me.name).toMatch(/^Zoe\d+$/);
  });

  it('takes the name when it is accepted: of two who ask at once, one gets it', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const answers = await Promise.all([ann, bea].map((each) => each.ask({ type: 'set_nick', name: 'Zoe' })));
    expect(answers.map(({ type }) => type).sort()).toEqual(['error', 'nick_changed']);
  });

  it('goes to all connections of the user', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const second = await server.resume(ann);
    await ann.ask({ type: 'set_nick', name: 'Zoe' });
    const seen = await second.next('nick_changed');
    expect(seen).toMatchObject({ old_name: 'Ann', new_name: 'Zoe' });
    expect(seen).not.toHaveProperty('room');
    expect((await server.resume(ann)).me.name).toBe('Zoe');
  });
});
