import { describe, expect, it } from 'vitest';
import { framesAfterEagerSend } from '../support/raw-socket.ts';
import { startServer } from '../support/server.ts';

describe('connecting', () => {
  it('answers a new client with connected, then joins it to general', async () => {
    const server = await startServer();
    const ann = await server.user('Ann');
    expect(ann.frames.map(({ type }) => type).slice(0, 2)).toEqual(['connected', 'joined']);
    expect(ann.me).toMatchObject({ type: 'connected', name: 'Ann' });
    expect(ann.frames[1]).toMatchObject({
      room: 'general',
      users: [{ id: ann.me.user_id, name: 'Ann', typing: false, status: 'online' }],
      count: 1,
    });
  });

  it('lists every room in connected', async () => {
    const server = await startServer();
    const ann = await server.user('Ann');
    expect([...ann.me.rooms].sort()).toEqual(['general', 'help', 'random']);
    await ann.join('attic');
    const bea = await server.user('Bea');
    expect([...bea.me.rooms].sort()).toEqual(['attic', 'general', 'help', 'random']);
  });

  it('tells the others in general that a user came', async () => {
    const server = await startServer();
    const ann = await server.user('Ann');
    const bea = await server.user('Bea');
    const frame = await ann.next('user_joined');
    expect(frame).toMatchObject({ room: 'general', user: 'Bea', count: 2 });
    expect(frame.users.map(({ name }) => name)).toEqual(['Ann', 'Bea']);
    expect(frame.users[1]).toEqual({ id: bea.me.user_id, name: 'Bea', typing: false, status: 'online' });
    await bea.expectNone('user_joined');
  });

  it('gives the last 50 entries of general on joining, oldest first', async () => {
    const server = await startServer();
    const ann = await server.user('Ann');
    const said = [];
    for (let i = 0; i < 55; i++) said.push(await ann.say('general', `line ${i}`));
    const bea = await server.connect({ name: 'Bea' });
    const { history } = await bea.next('joined');
    expect(history.map(({ id }) => id)).toEqual(said.slice(-50).map(({ id }) => id));
    expect(history.at(-1)).toEqual({
      id: said.at(-1)?.id,
      type: 'message',
      from: 'Ann',
      text: 'line 54',
      ts: said.at(-1)?.ts,
    });
  });

  it('handles frames sent before its first answer after it', async () => {
    const server = await startServer();
    const sent = [
      { type: 'message', room: 'general', text: 'early', ref: 'r1' },
      { type: 'ping', ts: 7 },
    ];
    const frames = await framesAfterEagerSend(`${server.wsUrl}?name=Ann`, sent, 5);
    const types = frames.map(({ type }) => type);
    expect(types.slice(0, 2)).toEqual(['connected', 'joined']);
    expect(types.slice(2).sort()).toEqual(['ack', 'message', 'pong']);
  });

  it('handles frames sent before the first answer of a resume after it', async () => {
    const server = await startServer();
    const ann = await server.user('Ann');
    const url = `${server.wsUrl}?session=${ann.me.session_id}`;
    const frames = await framesAfterEagerSend(url, [{ type: 'message', room: 'general', text: 'early' }], 2);
    expect(frames.map(({ type }) => type)).toEqual(['resumed', 'message']);
    expect(await ann.next('message')).toMatchObject({ text: 'early', from: 'Ann' });
  });

  it('hands out a secret that is long, not the public id, and different each time', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    for (const { me } of [ann, bea]) {
      expect(me.session_id.length).toBeGreaterThanOrEqual(22);
      expect(me.session_id).not.toContain(me.user_id);
    }
    expect(ann.me.session_id).not.toBe(bea.me.session_id);
    expect(ann.me.user_id).not.toBe(bea.me.user_id);
  });
});
