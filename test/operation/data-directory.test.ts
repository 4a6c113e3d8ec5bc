import { existsSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ChatClient } from '../support/client.ts';
import { canHaveSmallDisk, smallDisk, temporaryDirectory } from '../support/data-directory.ts';
import { PATIENCE_MS } from '../support/patience.mjs';
import { ServerProcess } from './process.ts';

async function connect(server: ServerProcess, query: string): Promise<ChatClient> {
  const url = (await server.url()).replace('http', 'ws');
  const client = await new ChatClient(`${url}/ws/chat?${query}`).opened();
  onTestFinished(() => client.socket.terminate());
  return client;
}

async function newcomer(server: ServerProcess, name: string): Promise<ChatClient> {
  const client = await connect(server, `name=${name}`);
  await client.next('joined', { room: 'general' });
  return client;
}

/**
 * Newcomers come until one is closed: the least of records may find room where a larger one did not.
 * @returns the code
 */
async function turnedAway(server: ServerProcess): Promise<number> {
  for (let i = 1; ; i++) {
    const late = await connect(server, `name=Late${i}`);
    const isIn = await late.next('connected').then(
      () => true,
      () => false,
    );
    if (!isIn) return (await late.closed).code;
  }
}

/** Ends with exit code 1 and one line. */
async function refusal(DATA_DIR: string): Promise<string> {
  const server = new ServerProcess('node', { DATA_DIR });
  expect(await server.exited).toMatchObject({ code: 1 });
  expect(server.stderr).toMatch(/^[^\n]+\n$/);
  return server.stderr;
}

describe('a data directory', () => {
  it('is made on the first start, and holds what a killed server has acknowledged', async () => {
    const DATA_DIR = join(temporaryDirectory(), 'made', 'here');
    const first = new ServerProcess('node', { DATA_DIR, RATE_PER_SECOND: '0' });
    const ann = await newcomer(first, 'Ann');
    await ann.join('attic');
    for (let i = 0; i < 20; i++) await ann.say('attic', `${i}`);
    first.signal('SIGKILL');
    await first.exited;

    const second = new ServerProcess('node', { DATA_DIR });
    const again = await connect(second, `session=${ann.me.session_id}&lastMsgId=0`);
    const resumed = await again.next('resumed');
    expect(resumed).toMatchObject({ user_id: ann.me.user_id, rooms: ['attic', 'general'] });
    expect(resumed.missedMessages.attic?.slice(1).map(({ text }) => text)).toEqual(
      Array.from({ length: 20 }, (_, i) => `${i}`),
    );
  });

  it('that another server holds, stopped with SIGSTOP even, is refused with one line', async () => {
    const DATA_DIR = temporaryDirectory();
    const holder = new ServerProcess('node', { DATA_DIR });
    await holder.url();
    holder.signal('SIGSTOP');
    expect(await refusal(DATA_DIR)).toBe(`DATA_DIR ${DATA_DIR} is in use by another process\n`);
    holder.signal('SIGKILL');
    await holder.exited;
    await new ServerProcess('node', { DATA_DIR }).url();
  });

  it('that is no directory, or damaged, is refused with one line', async () => {
    const parent = temporaryDirectory();
    writeFileSync(join(parent, 'file'), '');
    expect(await refusal(join(parent, 'file'))).toContain('is not a directory');

    const DATA_DIR = join(parent, 'data');
    const server = new ServerProcess('node', { DATA_DIR });
    await newcomer(server, 'Ann');
    server.signal('SIGTERM');
    await server.exited;
    truncateSync(join(DATA_DIR, 'journal.db'), 5_000);
    expect(await refusal(DATA_DIR)).toContain('is damaged');
  });

  it('is none with --memory', async () => {
    const DATA_DIR = join(temporaryDirectory(), 'data');
    const server = new ServerProcess('node', { DATA_DIR }, ['--memory']);
    await newcomer(server, 'Ann');
    expect(existsSync(DATA_DIR)).toBe(false);
  });
});

describe('a disk that is full', () => {
  it.skipIf(!canHaveSmallDisk)(
    'fails what is written, and the server goes on and recovers by itself',
    async () => {
      const DATA_DIR = smallDisk('3m');
      const server = new ServerProcess('node', { DATA_DIR, RATE_PER_SECOND: '0' });
      const ann = await newcomer(server, 'Ann');
      const ballast = join(DATA_DIR, 'ballast');
      writeFileSync(ballast, Buffer.alloc(1_000_000));
      let stored = 0;
      let code: string | undefined;
      while (code === undefined) {
        const answer = await ann.ask({ type: 'message', room: 'general', text: 'x'.repeat(2_000) });
        if (answer.type === 'error') code = answer.code;
        else stored += 1;
      }
      expect(code).toBe('storage_failed');
      expect(await turnedAway(server)).toBe(1013);
      expect(await ann.ask({ type: 'get_history', room: 'general', limit: 1 })).toMatchObject({
        messages: [{ from: 'Ann' }],
      });

      rmSync(ballast);
      await ann.say('general', 'there is room again');
      const said = () =>
        server.lines.flatMap(({ msg }) => /disk that is full|is stored again/.exec(String(msg)) ?? []);
      // Once each time, and not for each that fails: a newcomer may have found room in between.
      await expect.poll(() => said().at(-1), { timeout: PATIENCE_MS }).toBe('is stored again');
      const [full, ...rest] = said();
      expect(full).toBe('disk that is full');
      expect(rest.every((words, i) => words !== [full, ...rest][i])).toBe(true);
      server.signal('SIGKILL');
      await server.exited;
      const second = new ServerProcess('node', { DATA_DIR });
      const stats = (await (await fetch(`${await second.url()}/api/stats`)).json()) as object;
      expect(stats).toMatchObject({ messages_total: stored + 1 });
    },
  );
});

// Where no small disk can be mounted, this is what there is; and the other is reported as skipped.
describe('files that may not grow', () => {
  it('fail what is written, and what is there goes on being served, also after a restart', async () => {
    const DATA_DIR = join(temporaryDirectory(), 'data');
    const server = new ServerProcess('limited', { DATA_DIR, RATE_PER_SECOND: '0' }, ['1000']);
    const ann = await newcomer(server, 'Ann');
    let stored = 0;
    let answer = await ann.ask({ type: 'message', room: 'general', text: 'first' });
    for (; answer.type === 'ack'; stored++) {
      answer = await ann.ask({ type: 'message', room: 'general', text: 'x'.repeat(2_000) });
    }
    expect(answer).toMatchObject({ code: 'storage_failed' });
    expect(stored).toBeGreaterThan(10);
    expect(await ann.ask({ type: 'get_history', room: 'general', limit: 1 })).toMatchObject({
      messages: [{ from: 'Ann' }],
    });
    expect(server.lines.filter(({ msg }) => String(msg).startsWith('can not store'))).toHaveLength(1);
    server.signal('SIGKILL');
    await server.exited;

    const second = new ServerProcess('node', { DATA_DIR });
    const stats = (await (await fetch(`${await second.url()}/api/stats`)).json()) as object;
    expect(stats).toMatchObject({ messages_total: stored });
    const again = await connect(second, `session=${ann.me.session_id}&lastMsgId=0`);
    await again.next('resumed');
    await again.say('general', 'there is room again');
  });
});
