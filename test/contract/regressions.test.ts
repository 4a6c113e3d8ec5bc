import { describe, expect, it } from 'vitest';
import type { ChatClient } from '../support/client.ts';
import { startServer } from '../support/server.ts';

describe('what must not happen', () => {
  it('rooms made by users that swallow messages', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    for (const room of ['My Room', 'Комната', '42', 'constructor', '__proto__']) {
      await ann.join(room);
      await bea.join(room);
      const said = await ann.say(room, `hello ${room}`);
      expect(await bea.next('message')).toEqual(said);
      expect((await server.get(`/api/room/${encodeURIComponent(room)}/history`)).body).toHaveLength(2);
    }
  });

  it('non-ASCII text dropped', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Дмитрий', '小明');
    for (const text of ['Привет', '你好', 'مرحبا', '👩‍👩‍👧‍👦', 'é', 'e\u0301', '\u{10ffff}']) {
      await ann.say('general', text);
      expect(await bea.next('message')).toMatchObject({ from: 'Дмитрий', text });
      await ann.ask({ type: 'pm', to: '小明', text });
      expect(await bea.next('pm')).toMatchObject({ from: 'Дмитрий', text });
    }
  });

  it('a big history that kills who asks for it', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('attic');
    const text = '😀'.repeat(2_000);
    for (let i = 0; i < 100; i++) await ann.say('attic', text);
    expect((await bea.join('attic')).history).toHaveLength(50);
    // Several at once are more than the kernel takes, and than may wait for one who did not ask for it.
    const asking = Array.from({ length: 20 }, () => bea.ask({ type: 'get_history', room: 'attic' }));
    for (const history of await Promise.all(asking)) {
      expect(history.type === 'history' && history.messages.length).toBe(100);
    }
    expect((await server.get('/api/room/attic/history')).body).toHaveLength(100);
    await bea.say('attic', 'still here');
  });

  it('session secrets visible in user lists', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const stream = await server.subscribe();
    await ann.join('attic');
    await bea.join('attic');
    await bea.close();
    await server.untilAway(ann, 'Bea');
    const seen = [
      ann.frames.slice(1),
      (await server.get('/api/room/attic/users')).body,
      (await server.get('/api/room/attic/history')).body,
      (await server.get('/api/stats')).body,
      stream.events,
    ].map((each) => JSON.stringify(each));
    for (const { me } of [ann, bea]) {
      for (const text of seen) expect(text).not.toContain(me.session_id);
    }
  });

  it('a client choosing its own secret', async () => {
    const server = await startServer();
    const session = 'f'.repeat(32);
    const [mallory, victim] = [await server.connect({ session }), await server.connect({ session })];
    for (const client of [mallory, victim]) {
      await client.next('connected');
      expect(client.me.session_id).not.toBe(session);
    }
    expect(mallory.me.session_id).not.toBe(victim.me.session_id);
  });

  it('script injected through a message or a name', async () => {
    const server = await startServer();
    const script = '<script>alert(1)</script>';
    const [ann, bea] = [await server.user(script), await server.user('Bea')];
    expect(ann.me.name).not.toMatch(/[<>"'&]/);
    expect(await ann.ask({ type: 'set_nick', name: '"><img>' })).not.toMatchObject({
      new_name: expect.stringMatching(/[<>"]/),
    });
    expect((await ann.join('<b>attic</b>')).room).not.toMatch(/[<>]/);
    await ann.say('general', script);
    // Text travels as it is; nothing that a browser would run as a page carries it.
    expect(await bea.next('message')).toMatchObject({ text: script });
    const { headers } = await server.get('/api/room/general/history');
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const missing = await server.get(`/api/room/${encodeURIComponent(script)}/history`);
    expect(missing.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('a second tab turning the first one deaf', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const second = await server.resume(ann);
    const said = await bea.say('general', 'both of you?');
    expect(await ann.next('message')).toEqual(said);
    expect(await second.next('message')).toEqual(said);
    await ann.say('general', 'yes');
    await second.next('message', { text: 'yes' });
  });

  it('the closing of a second tab marking a live user offline', async () => {
    const server = await startServer({ PRESENCE_GRACE_MS: 0 });
    const [ann, bea] = await server.users('Ann', 'Bea');
    const second = await server.resume(ann);
    const third = await server.resume(ann);
    await second.close();
    await third.drop();
    await expect.poll(async () => (await server.get('/api/stats')).body.connections).toBe(2);
    await server.untilStatus(bea, 'Ann', 'online');
    await bea.expectNone('user_left');
    expect(await bea.say('general', 'here?')).toEqual(await ann.next('message'));
  });

  it('one stalled client freezing others', async () => {
    const server = await startServer();
    const [stalled, ann, bea] = await server.users('Stalled', 'Ann', 'Bea');
    stalled.socket.pause();
    const text = 'x'.repeat(2_000);
    // Enough to fill what the kernel takes in between two ends of a loopback connection.
    for (let round = 0; round < 100; round++) {
      for (let i = 0; i < 99; i++) ann.send({ type: 'message', room: 'general', text });
      const { id } = await ann.say('general', text);
      await bea.next('message', { id });
    }
    await server.untilAway(bea, 'Stalled');
    stalled.socket.resume();
    expect((await stalled.closed).code).toBe(4001);
    const again = await server.resume(stalled, stalled.cursor);
    expect(again.me.name).toBe('Stalled');
  }, 30_000);

  it('renaming to one’s own name adding a digit', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    for (const name of ['Ann', 'ANN', 'ann', 'ann', 'Ann']) {
      expect(await ann.ask({ type: 'set_nick', name })).toMatchObject({
        type: 'nick_changed',
        new_name: name,
      });
      expect(await ann.ask({ type: 'message', room: 'general', text: `/nick ${name}` })).toMatchObject({
        new_name: name,
      });
    }
  });

  it('typing shown in rooms one is not in', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.join('attic');
    expect(await ann.ask({ type: 'typing', room: 'attic', typing: true })).toMatchObject({
      code: 'not_in_room',
    });
    await bea.expectNone('typing');
    expect((await server.get('/api/room/attic/users')).body).toMatchObject([{ name: 'Bea', typing: false }]);
  });

  it('typing left on after leaving', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('attic');
    await bea.join('attic');
    ann.send({ type: 'typing', room: 'attic', typing: true });
    await bea.next('typing', { typing: true });
    await ann.leave('attic');
    await bea.next('typing', { typing: false, user: 'Ann' });
    await ann.join('attic');
    expect((await server.get('/api/room/attic/users')).body).toMatchObject([
      { name: 'Ann', typing: false },
      { name: 'Bea', typing: false },
    ]);
  });

  it('an entry lost on resume because a later one of another room came first', async () => {
    const server = await startServer();
    const [ann, bea, cid] = await server.users('Ann', 'Bea', 'Cid');
    for (const client of [ann, bea, cid]) await client.join('attic');
    const sent: number[] = [];
    const got: number[] = [];
    let reader = ann;
    for (let round = 0; round < 15; round++) {
      // Two rooms at once; the reader is cut off somewhere in the middle, and is back before they fall silent.
      let isBack = false;
      const write = async (writer: ChatClient, room: string) => {
        while (!isBack) sent.push((await writer.say(room, `round ${round}`)).id);
      };
      const writing = Promise.all([write(bea, 'general'), write(cid, 'attic')]);
      await reader.next('message');
      await reader.drop();
      got.push(...received(reader));
      reader = await server.resume(ann, reader.cursor);
      expect(reader.me).toMatchObject({ recovered: true });
      isBack = true;
      await writing;
    }
    await reader.settle();
    got.push(...received(reader));
    expect(got.sort((a, b) => a - b)).toEqual(sent.sort((a, b) => a - b));
  });

  it('a resume so large that it kills itself again and again', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const rooms = Array.from({ length: 8 }, (_, i) => `room${i}`);
    const text = '😀'.repeat(2_000);
    for (const room of rooms) {
      await ann.join(room);
      await bea.join(room);
      for (let i = 0; i < 50; i++) bea.send({ type: 'message', room, text });
      await bea.say(room, 'last');
    }
    for (let i = 0; i < 100; i++) bea.send({ type: 'pm', to: 'Ann', text });
    await ann.next('pm');
    await bea.ask({ type: 'pm', to: 'Ann', text: 'last' });
    await ann.drop();
    for (let i = 0; i < 3; i++) {
      const again = await server.resume(ann, 0);
      expect(Buffer.byteLength(JSON.stringify(again.me))).toBeLessThanOrEqual(512 * 1024);
      expect(again.me).toMatchObject({ recovered: false });
      await again.next('pm', { text: 'last' });
      await again.say('general', `alive ${i}`);
      await again.close();
    }
  });

  it('SSE that only catches up and never pushes', async () => {
    const server = await startServer();
    const stream = await server.subscribe();
    const [ann] = await server.users('Ann');
    await stream.next('user_connected', { user: 'Ann', count: 1 });
    for (let i = 0; i < 5; i++) {
      await ann.join(`room${i}`);
      await stream.next('room_created', { room: `room${i}` });
    }
  });
});

/** The ids of all entries that a connection was told of, missed ones among them. */
function received({ frames }: ChatClient): number[] {
  return frames.flatMap((frame) => {
    if (frame.type === 'resumed')
      return Object.values(frame.missedMessages)
        .flat()
        .map(({ id }) => id);
    return frame.type === 'message' ? [frame.id] : [];
  });
}
