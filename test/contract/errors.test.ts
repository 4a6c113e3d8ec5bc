import { describe, expect, it } from 'vitest';
import { startServer } from '../support/server.ts';

/** Every mistake that one frame can make, and the code and the word that must come back. */
const mistakes: [frame: object, code: string, word: string][] = [
  [{ type: 'bogus' }, 'unknown_type', 'bogus'],
  [{ type: 'connected' }, 'unknown_type', 'connected'],
  [{ type: '__proto__' }, 'unknown_type', '__proto__'],
  [{ type: 'toString' }, 'unknown_type', 'toString'],
  [{}, 'bad_frame', 'type'],
  [{ type: 7 }, 'bad_frame', 'type'],
  [{ type: 'message', text: 'x' }, 'bad_frame', 'room'],
  [{ type: 'message', room: 'general' }, 'bad_frame', 'text'],
  [{ type: 'message', room: 7, text: 'x' }, 'bad_frame', 'room'],
  [{ type: 'message', room: 'general', text: ['x'] }, 'bad_frame', 'text'],
  [{ type: 'message', room: null, text: 'x' }, 'bad_frame', 'room'],
  [{ type: 'join' }, 'bad_frame', 'room'],
  [{ type: 'leave', room: {} }, 'bad_frame', 'room'],
  [{ type: 'typing', room: 'general' }, 'bad_frame', 'typing'],
  [{ type: 'typing', room: 'general', typing: 'yes' }, 'bad_frame', 'typing'],
  [{ type: 'pm', text: 'x' }, 'bad_frame', 'to'],
  [{ type: 'pm', to: 'Bea' }, 'bad_frame', 'text'],
  [{ type: 'set_nick' }, 'bad_frame', 'name'],
  [{ type: 'set_nick', name: 7 }, 'bad_frame', 'name'],
  [{ type: 'get_users' }, 'bad_frame', 'room'],
  [{ type: 'get_history' }, 'bad_frame', 'room'],
  [{ type: 'get_rooms', limit: 'all' }, 'bad_frame', 'limit'],
  [{ type: 'get_rooms', after: 7 }, 'bad_frame', 'after'],
  [{ type: 'get_history', room: 'general', before: 'x' }, 'bad_frame', 'before'],
  [{ type: 'join', room: '!' }, 'bad_name', '!'],
  [{ type: 'set_nick', name: 'Bea' }, 'name_taken', 'Bea'],
  [{ type: 'message', room: 'attic', text: 'x' }, 'not_in_room', 'attic'],
  [{ type: 'leave', room: 'attic' }, 'not_in_room', 'attic'],
  [{ type: 'join', room: 'general' }, 'already_in_room', 'general'],
  [{ type: 'leave', room: 'general' }, 'cannot_leave', 'general'],
  [{ type: 'get_users', room: 'attic' }, 'room_not_found', 'attic'],
  [{ type: 'get_history', room: 'attic' }, 'room_not_found', 'attic'],
  [{ type: 'pm', to: 'Zoe', text: 'x' }, 'user_not_found', 'Zoe'],
  [{ type: 'message', room: 'general', text: 'x'.repeat(2_001) }, 'too_long', '2000'],
  [{ type: 'message', room: 'general', text: ' ' }, 'empty', ''],
  [{ type: 'message', room: 'general', text: 'a\u0007b' }, 'bad_text', ''],
  [{ type: 'message', room: 'general', text: '/bogus' }, 'unknown_command', 'bogus'],
  [{ type: 'message', room: 'general', text: '/me' }, 'bad_usage', '/me <action>'],
];

describe('an error', () => {
  it.each(mistakes)('answers %j with %s', async (frame, code, word) => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const error = await ann.ask(frame);
    expect(error).toMatchObject({ type: 'error', code });
    if (error.type !== 'error') return;
    expect(error.message.toLowerCase()).toContain(word.toLowerCase());
    expect(error).not.toHaveProperty('retry_after');
    // Nothing else happens, and the connection stays.
    expect(await bea.during(() => ann.settle())).toEqual([]);
    expect(await ann.say('general', 'still here')).toMatchObject({ text: 'still here' });
  });

  it('has no ref when the frame had none', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    ann.send({ type: 'join', room: 'general' });
    expect(await ann.next('error')).not.toHaveProperty('ref');
  });

  it('goes only to the connection that asked', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const second = await server.resume(ann);
    ann.send({ type: 'bogus' });
    await ann.next('error');
    await second.expectNone('error');
  });

  it.each(['{', '', 'hello', '{"type":"ping"', "{'type':'ping'}", '\u0000', '{"type":"ping"} x'])(
    'answers %j with bad_json',
    async (data) => {
      const server = await startServer();
      const [ann] = await server.users('Ann');
      ann.sendRaw(data);
      expect(await ann.next('error')).toMatchObject({ code: 'bad_json' });
      await ann.say('general', 'still here');
    },
  );

  it.each(['null', '7', '"ping"', '[]', '[{"type":"ping"}]', 'true'])(
    'answers %s, which is JSON but no object, with bad_frame',
    async (data) => {
      const server = await startServer();
      const [ann] = await server.users('Ann');
      ann.sendRaw(data);
      expect(await ann.next('error')).toMatchObject({ code: 'bad_frame' });
      await ann.say('general', 'still here');
    },
  );

  it.each([
    ['bytes', Buffer.from([0, 1, 2, 255])],
    ['a frame as bytes', Buffer.from('{"type":"message","room":"general","text":"x"}')],
    ['nothing', Buffer.alloc(0)],
  ])('answers %s in a binary frame with bad_frame', async (_, data) => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    ann.sendRaw(data);
    expect(await ann.next('error')).toMatchObject({ code: 'bad_frame' });
    await ann.say('general', 'still here');
    expect(await bea.next('message')).toMatchObject({ text: 'still here' });
  });

  it('survives an object nested very deeply', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    ann.sendRaw(`${'[{"a":'.repeat(5_000)}1${'}]'.repeat(5_000)}`);
    await ann.next('error');
    ann.sendRaw(`{"type":"bogus","x":${'['.repeat(5_000)}${']'.repeat(5_000)}}`);
    await ann.next('error');
    await ann.say('general', 'still here');
  });

  it('lets fields through that it does not know', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    ann.send({ type: 'message', room: 'general', text: 'hi', from: 'system', id: 1, extra: {} });
    expect(await ann.next('message')).toMatchObject({ from: 'Ann', text: 'hi' });
  });
});

describe('a heartbeat', () => {
  it.each([1, 0, 1795386503.608, 'now'])('is answered with the same ts (%j)', async (ts) => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    ann.send({ type: 'ping', ts });
    expect(await ann.next('pong')).toEqual({ type: 'pong', ts });
  });

  it('without ts is answered too', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    ann.send({ type: 'ping' });
    const { ts } = await ann.next('pong');
    // By the server's clock, in seconds.
    expect(Math.abs(Number(ts) - Date.now() / 1_000)).toBeLessThan(10);
  });

  it('of the client’s own is not answered', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    expect(await ann.during(() => ann.send({ type: 'pong', ts: 1 }))).toEqual([]);
    await ann.expectNone('pong', { ts: 1 });
  });
});
