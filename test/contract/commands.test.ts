import { describe, expect, it } from 'vitest';
import type { ChatClient } from '../support/client.ts';
import { startServer } from '../support/server.ts';

const command = (client: ChatClient, text: string, room = 'general') =>
  client.ask({ type: 'message', room, text });

describe('commands', () => {
  it.each(['/help', '/HELP', '/Help'])('%s lists all of them, privately', async (text) => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const help = await command(ann, text);
    expect(help).toMatchObject({ type: 'system', room: 'general' });
    for (const each of ['/help', '/rooms', '/users', '/join', '/leave', '/pm', '/nick', '/me']) {
      expect(help).toHaveProperty('text', expect.stringContaining(each));
    }
    expect(await bea.during(() => {})).toEqual([]);
    await bea.expectNone('system');
  });

  it('/rooms answers with every room', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.join('attic');
    const answer = JSON.stringify(await command(ann, '/rooms'));
    for (const room of ['attic', 'general', 'help', 'random']) expect(answer).toContain(room);
  });

  it('/users answers with the users of the room', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.join('attic');
    const everyone = JSON.stringify(await command(bea, '/USERS'));
    for (const name of ['Ann', 'Bea']) expect(everyone).toContain(name);
    const inAttic = JSON.stringify(await command(ann, '/users', 'attic'));
    expect(inAttic).toContain('Ann');
    expect(inAttic).not.toContain('Bea');
  });

  it('/join joins a room', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    expect(await command(ann, '/join Attic')).toMatchObject({ type: 'joined', room: 'attic', count: 1 });
    expect(await command(ann, '/join attic')).toMatchObject({ type: 'error', code: 'already_in_room' });
    expect(await command(ann, '/join !')).toMatchObject({ type: 'error', code: 'bad_name' });
  });

  it('/leave leaves the room it is said in, or the one it names', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    await ann.join('cellar');
    expect(await command(ann, '/leave', 'attic')).toMatchObject({ type: 'left', room: 'attic' });
    expect(await command(ann, '/leave Cellar')).toMatchObject({ type: 'left', room: 'cellar' });
    expect(await command(ann, '/leave')).toMatchObject({ type: 'error', code: 'cannot_leave' });
    expect(await command(ann, '/leave attic')).toMatchObject({ type: 'error', code: 'not_in_room' });
  });

  it('/pm sends a private message, with all words of it', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    expect(await command(ann, '/PM Bea see you /there')).toMatchObject({ type: 'ack' });
    await ann.next('pm_sent', { to: 'Bea', text: 'see you /there' });
    await bea.next('pm', { from: 'Ann', text: 'see you /there' });
    expect(await command(ann, '/pm Zoe hi')).toMatchObject({ type: 'error', code: 'user_not_found' });
  });

  it('/nick renames', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    expect(await command(ann, '/nick Zoë')).toMatchObject({ type: 'nick_changed', new_name: 'Zoë' });
    await bea.next('nick_changed', { room: 'general', old_name: 'Ann', new_name: 'Zoë' });
    expect(await command(ann, '/nick Bea')).toMatchObject({ type: 'error', code: 'name_taken' });
  });

  it.each(['/me waves', '/ME waves'])('%s posts an action', async (text) => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const ack = await command(ann, text);
    expect(ack).toMatchObject({ type: 'ack', room: 'general' });
    const action = await bea.next('action');
    expect(action).toMatchObject({ room: 'general', from: 'Ann', text: '* Ann waves' });
    expect(await ann.next('action')).toEqual(action);
    expect((await server.get('/api/room/general/history')).body).toMatchObject([
      { id: action.id, type: 'action', from: 'Ann', text: '* Ann waves' },
    ]);
  });

  it('/me takes slashes as they are', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    await command(ann, '/me //waves');
    await ann.next('action', { text: '* Ann //waves' });
  });

  it('/me is refused in a room that one is not in', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.join('attic');
    const refused = await ann.ask({ type: 'message', room: 'attic', text: '/me waves' });
    expect(refused).toMatchObject({ type: 'error', code: 'not_in_room' });
    await bea.expectNone('action');
  });

  it('name what is unknown', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    expect(await command(ann, '/bogus thing')).toMatchObject({
      type: 'error',
      code: 'unknown_command',
      message: expect.stringContaining('bogus'),
    });
    for (const text of ['/constructor', '/__proto__', '/toString']) {
      expect(await command(ann, text)).toMatchObject({ type: 'error', code: 'unknown_command' });
    }
    await bea.expectNone('message');
  });

  it.each([
    ['/join', '/join <room>'],
    ['/pm', '/pm <user> <message>'],
    ['/pm Bea', '/pm <user> <message>'],
    ['/nick', '/nick <name>'],
    ['/me', '/me <action>'],
    ['/JOIN ', '/join <room>'],
  ])('%s with arguments missing names its usage', async (text, usage) => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    expect(await command(ann, text)).toMatchObject({
      type: 'error',
      code: 'bad_usage',
      message: expect.stringContaining(usage),
    });
    expect(await bea.during(() => {})).toEqual([]);
  });

  it('that store nothing get no ack', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    for (const text of [
      '/help',
      '/rooms',
      '/users',
      '/join attic',
      '/nick Zoe',
      '/leave attic',
      '/bogus',
      '/me',
    ]) {
      expect((await command(ann, text)).type).not.toBe('ack');
    }
    await ann.expectNone('ack');
  });

  it('are kept nowhere', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    for (const text of ['/help', '/rooms', '/pm Ann hi', '/bogus']) await command(ann, text);
    expect((await server.get('/api/room/general/history')).body).toEqual([]);
  });
});
