import { describe, expect, it } from 'vitest';
import { ChatClient } from '../support/client.ts';
import { ServerProcess } from './process.ts';

describe('the log', () => {
  it('holds no session secret, no message text and no query, at any level', async () => {
    const server = new ServerProcess('node', { LOG_LEVEL: 'trace' });
    const url = await server.url();
    const ws = `${url.replace('http', 'ws')}/ws/chat`;
    const ann = await joined(new ChatClient(`${ws}?name=Ann`));
    const ben = await joined(new ChatClient(`${ws}?name=Ben`));
    await ann.say('general', 'words-for-all');
    ann.send({ type: 'pm', to: 'Ben', text: 'words-for-ben' });
    await ben.next('pm');
    ann.sendRaw('{"type":"message","room":"general","text":"words-in-broken-json"');
    await ann.next('error');
    ann.send({ type: 'message', room: 'general', text: '/nonsense words-in-a-command' });
    await ann.next('error');
    const secret = ann.me.session_id;
    await ann.drop();
    const again = new ChatClient(`${ws}?session=${secret}&lastMsgId=1`);
    await again.next('resumed');
    await fetch(`${url}/api/rooms?session=${secret}`);
    await fetch(`${url}/nowhere?session=${secret}`);
    const refused = new ChatClient(`${ws}?session=${secret}`, { origin: 'https://foe.example' });
    await refused.opened().catch(() => {});
    server.signal('SIGTERM');
    await server.exited;

    const output = server.stdout + server.stderr;
    for (const client of [ann, ben]) expect(output).not.toContain(client.me.session_id);
    expect(output).not.toContain('words-');
    expect(output).not.toContain('session=');
  });

  it('has a JSON line for every request and connection', async () => {
    const server = new ServerProcess('node');
    const url = await server.url();
    const ann = await joined(new ChatClient(`${url.replace('http', 'ws')}/ws/chat?name=Ann`));
    await fetch(`${url}/api/rooms?limit=1`);
    await ann.close();
    server.signal('SIGTERM');
    await server.exited;
    expect(server.stdout.trim().split('\n')).toHaveLength(server.lines.length);
    for (const line of server.lines) {
      expect(line).toMatchObject({
        level: expect.any(String),
        time: expect.any(String),
        msg: expect.any(String),
      });
    }
    const about = (path: string) => server.lines.filter((line) => line.path === path);
    expect(about('/api/rooms')).toMatchObject([{ method: 'GET', status: 200, address: '127.0.0.1' }]);
    expect(server.lines.some((line) => line.msg === 'connection opened')).toBe(true);
    expect(server.lines.some((line) => line.msg === 'connection closed')).toBe(true);
  });
});

async function joined(client: ChatClient): Promise<ChatClient> {
  await client.next('joined');
  return client;
}
