import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config.ts';
import { createLogger } from '../../src/log.ts';
import { FeedViewer } from '../inspect/viewer.ts';
import { startServer } from '../support/server.ts';

const ADDRESS = '198.51.100.7';
const behindProxy = { headers: { 'X-Forwarded-For': ADDRESS } };

/** A server behind a proxy, and what it logs. */
async function logged(changes: Partial<Config> = {}) {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger('info', { write: (line) => lines.push(JSON.parse(line)) });
  const server = await startServer({ TRUST_PROXY: 1, ...changes }, { logger });
  const line = async (msg: string) => {
    await expect.poll(() => lines.map((each) => each.msg)).toContain(msg);
    return lines.find((each) => each.msg === msg);
  };
  return { server, line };
}

describe('the log', () => {
  it('says who came, from where, and with which code they went', async () => {
    const { server, line } = await logged();
    const ann = await server.connect({ name: 'Ann' }, behindProxy);
    await ann.next('connected');
    const who = { level: 'info', user: ann.me.user_id, address: ADDRESS };
    expect(await line('connection opened')).toMatchObject(who);
    ann.socket.close(3_001);
    await ann.closed;
    expect(await line('connection closed')).toMatchObject({ ...who, code: 3_001 });
  });

  it('says from where somebody came for whom there was no room', async () => {
    const { server, line } = await logged({ MAX_CONNECTIONS: 1 });
    await server.user('Ann');
    await (await server.connect({}, behindProxy)).closed;
    expect(await line('refused a connection: overloaded')).toMatchObject({ level: 'warn', address: ADDRESS });
  });

  it('says from where a foreign page was opened that wanted to connect', async () => {
    const { server, line } = await logged();
    const foreign = server.connect({}, { ...behindProxy, origin: 'https://evil.example' });
    await expect(foreign).rejects.toThrow('403');
    expect(await line('refused a foreign origin')).toMatchObject({ level: 'warn', address: ADDRESS });
  });

  it('says from where somebody came who may not watch, and why not', async () => {
    const { server, line } = await logged({ INSPECT: true });
    const viewer = new FeedViewer(server, '?list', behindProxy);
    await expect(viewer.opened).rejects.toThrow('403');
    const refused = 'refused a viewer: Only this machine may inspect';
    expect(await line(refused)).toMatchObject({ level: 'warn', address: ADDRESS });
  });

  it('says who watches, and when they no longer do', async () => {
    const { server, line } = await logged({ INSPECT: true, INSPECT_TOKEN: 'open-sesame' });
    const viewer = new FeedViewer(server, '?token=open-sesame', behindProxy);
    await viewer.opened;
    expect(await line('viewer came')).toMatchObject({ level: 'info', address: ADDRESS });
    viewer.socket.close();
    expect(await line('viewer went')).toMatchObject({ level: 'info', address: ADDRESS });
  });
});
