import { describe, expect, it } from 'vitest';
import { startServer } from '../support/server.ts';

const hello = { type: 'message', room: 'general', text: 'hello', ref: 'r1' };

describe('ref', () => {
  it('of a message comes back in ack, after the message itself', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const frames = await ann.during(async () => {
      ann.send(hello);
      await ann.next('ack');
    });
    const [message, ack] = frames;
    expect(frames.map(({ type }) => type)).toEqual(['message', 'ack']);
    expect(message).not.toHaveProperty('ref');
    expect(message).toMatchObject({ text: 'hello' });
    if (message?.type !== 'message') return;
    expect(ack).toEqual({ type: 'ack', ref: 'r1', id: message.id, room: 'general', ts: message.ts });
    await bea.expectNone('ack');
  });

  it('of an action comes back after the action', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const frames = await ann.during(async () => {
      ann.send({ ...hello, text: '/me waves' });
      await ann.next('ack');
    });
    expect(frames.map(({ type }) => type)).toEqual(['action', 'ack']);
  });

  it.each([
    ['a pm', { type: 'pm', to: 'Bea', text: 'psst', ref: 'r1' }],
    ['a /pm', { type: 'message', room: 'general', text: '/pm Bea psst', ref: 'r1' }],
  ])('of %s comes back after pm_sent', async (_, frame) => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const frames = await ann.during(async () => {
      ann.send(frame);
      await ann.next('ack');
    });
    const [sent, ack] = frames;
    expect(frames.map(({ type }) => type)).toEqual(['pm_sent', 'ack']);
    if (sent?.type !== 'pm_sent') return;
    expect(ack).toMatchObject({ type: 'ack', ref: 'r1', id: sent.id, ts: sent.ts });
    await bea.next('pm', { id: sent.id });
  });

  it('is answered by no ack when there is none', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    ann.send({ type: 'message', room: 'general', text: 'hello' });
    await ann.next('message');
    await ann.expectNone('ack');
  });

  it.each([
    ['join', { type: 'join', room: 'attic' }, 'joined'],
    ['set_nick', { type: 'set_nick', name: 'Zoe' }, 'nick_changed'],
    ['get_rooms', { type: 'get_rooms' }, 'room_list'],
    ['get_users', { type: 'get_users', room: 'general' }, 'user_list'],
    ['get_history', { type: 'get_history', room: 'general' }, 'history'],
    ['ping', { type: 'ping', ts: 1 }, 'pong'],
    ['/help', { type: 'message', room: 'general', text: '/help' }, 'system'],
    ['/join', { type: 'message', room: 'general', text: '/join attic' }, 'joined'],
    ['a refused leave', { type: 'leave', room: 'general' }, 'error'],
    ['an unknown type', { type: 'bogus' }, 'error'],
    ['a wrong field', { type: 'join', room: 7 }, 'error'],
    ['a refused post', { type: 'message', room: 'random', text: 'x' }, 'error'],
    ['typing elsewhere', { type: 'typing', room: 'random', typing: true }, 'error'],
  ])('of %s is repeated by its answer', async (_, frame, answer) => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    ann.send({ ...frame, ref: 'my ref' });
    await ann.next(answer as 'joined', { ref: 'my ref' });
    await ann.expectNone('ack');
  });

  it('of leave is repeated by left', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    ann.send({ type: 'leave', room: 'attic', ref: 'my ref' });
    await ann.next('left', { ref: 'my ref' });
  });

  it('may have 64 characters of any kind', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    for (const ref of ['x', 'x'.repeat(64), '😀'.repeat(32), '__proto__', 'constructor']) {
      ann.send({ ...hello, ref });
      await ann.next('ack', { ref });
    }
  });

  it.each([
    ['empty', ''],
    ['of 65 characters', 'x'.repeat(65)],
    ['a number', 7],
    ['null', null],
    ['an object', {}],
  ])('is refused when %s', async (_, ref) => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    ann.send({ ...hello, ref });
    expect(await ann.next('error')).toMatchObject({ code: 'bad_frame' });
    await ann.expectNone('message');
  });
});
