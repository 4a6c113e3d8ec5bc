import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openDurableJournal } from '../../src/journal/durable/journal.ts';
import { commit, line, tamper } from '../journal/durable/directory.ts';
import { ChatClient } from '../support/client.ts';
import { temporaryDirectory } from '../support/data-directory.ts';
import { ServerProcess } from './process.ts';

const SCRIPT = fileURLToPath(new URL('../../dist/data.js', import.meta.url));

function data(directory: string, args: string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    env: { PATH: process.env.PATH, DATA_DIR: directory },
    encoding: 'utf8',
    input,
  });
  return { status, stdout, stderr };
}

async function inhabited() {
  const directory = join(temporaryDirectory(), 'data');
  const server = new ServerProcess('node', { DATA_DIR: directory });
  const client = new ChatClient(`${(await server.url()).replace('http', 'ws')}/ws/chat?name=Ann`);
  onTestFinished(() => client.socket.terminate());
  await client.next('joined', { room: 'general' });
  await client.join('attic');
  await client.say('attic', 'hello');
  return { directory, server, client };
}

it('checks, exports and backs up while the server runs, and what it makes can be started from', async () => {
  const { directory, server, client } = await inhabited();
  const checked = data(directory, ['check']);
  expect(checked).toMatchObject({ status: 0, stderr: '' });
  expect(checked.stdout).toMatch(/^all is well: 1 rooms, 2 entries, 1 sessions, up to \d+\n$/);

  const file = join(temporaryDirectory(), 'all.jsonl');
  expect(data(directory, ['export', file]).status).toBe(0);
  const { stdout } = data(directory, ['export']);
  expect(stdout).toBe(readFileSync(file, 'utf8'));
  const target = join(temporaryDirectory(), 'copy');
  expect(data(directory, ['backup', target]).status).toBe(0);
  const imported = join(temporaryDirectory(), 'imported');
  expect(data(imported, ['import'], stdout).status).toBe(0);
  await client.say('attic', 'goes on');
  server.signal('SIGTERM');
  await server.exited;

  for (const DATA_DIR of [target, imported]) {
    const again = new ServerProcess('node', { DATA_DIR });
    const url = await again.url();
    const history = await (await fetch(`${url}/api/room/attic/history`)).json();
    expect(history).toMatchObject([{ type: 'system' }, { text: 'hello' }]);
    again.signal('SIGTERM');
    await again.exited;
  }
});

it('ends in silence when whoever reads has seen enough', async () => {
  const directory = join(temporaryDirectory(), 'data');
  const journal = openDurableJournal({ directory, now: Date.now });
  // More than a pipe takes before it is read.
  const many = Array.from({ length: 2_000 }, (_, i) => commit(journal, line('attic', `${i}`.repeat(50))));
  await Promise.all(many);
  await journal.close();
  const { stdout, stderr } = spawnSync(
    'sh',
    ['-c', '"$0" "$1" export | head -n 1', process.execPath, SCRIPT],
    {
      env: { PATH: process.env.PATH, DATA_DIR: directory },
      encoding: 'utf8',
    },
  );
  expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(/^\{"format":\d+\}\n$/), stderr: '' });
});

it('makes nothing when there is nothing to import', () => {
  const directory = join(temporaryDirectory(), 'data');
  const file = join(directory, 'missing.jsonl');
  expect(data(directory, ['import', file])).toEqual({
    status: 1,
    stdout: '',
    stderr: `ENOENT: no such file or directory, open '${file}'\n`,
  });
  expect(existsSync(directory)).toBe(false);
});

it('refuses in one line what can not be done', async () => {
  const { directory } = await inhabited();
  expect(data(directory, ['compact'])).toEqual({
    status: 1,
    stdout: '',
    stderr: `DATA_DIR ${directory} is in use by another process\n`,
  });
  const nowhere = join(directory, 'nowhere');
  expect(data(nowhere, ['check'])).toMatchObject({
    status: 1,
    stderr: `DATA_DIR ${nowhere} has no journal.db\n`,
  });
  const file = join(temporaryDirectory(), 'taken');
  writeFileSync(file, 'precious');
  expect(data(directory, ['export', file])).toMatchObject({ status: 1 });
  expect(readFileSync(file, 'utf8')).toBe('precious');
  for (const wrong of [[], ['chekc'], ['backup'], ['check', directory, 'more']]) {
    expect(data(directory, wrong)).toMatchObject({ status: 1, stderr: expect.stringContaining('Usage:') });
  }
});

/** Of a directory that nobody has. */
async function left(): Promise<string> {
  const directory = join(temporaryDirectory(), 'data');
  const journal = openDurableJournal({ directory, now: Date.now });
  for (const text of ['first', 'second']) await commit(journal, line('attic', text));
  await journal.close();
  return directory;
}

it('says what is damaged, and ends with a code that tells a script', async () => {
  const directory = await left();
  tamper(directory, `UPDATE entries SET body = replace(body, 'first', 'other')`);
  const { status, stdout, stderr } = data(directory, ['check']);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toMatch(
    /^the history of room attic is damaged [^\n]+\ndamaged: 1 rooms, 0 entries, 0 sessions, up to \d+\n$/,
  );
});

it('goes by --data-dir before the environment, and reads an export from a file', async () => {
  const [directory, elsewhere] = [await left(), join(temporaryDirectory(), 'elsewhere')];
  const file = join(temporaryDirectory(), 'all.jsonl');
  const wrote = data(elsewhere, ['export', file, '--data-dir', directory]);
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n').length - 2;
  expect(wrote).toEqual({ status: 0, stdout: `${rows} rows written to ${file}\n`, stderr: '' });
  const copy = join(temporaryDirectory(), 'copy');
  const read = data(elsewhere, ['import', file, '--data-dir', copy]);
  expect(read).toEqual({ status: 0, stdout: `${rows} rows read into ${copy}\n`, stderr: '' });
  expect(data(copy, ['check']).stdout).toMatch(/^all is well: 1 rooms, 2 entries/);
  expect(existsSync(elsewhere)).toBe(false);
});

it('says how much compacting has given back', async () => {
  const directory = await left();
  tamper(
    directory,
    `CREATE TABLE ballast AS SELECT randomblob(1000000) AS bytes; DROP TABLE ballast;
     PRAGMA wal_checkpoint(TRUNCATE)`,
  );
  const sizeOf = () => statSync(join(directory, 'journal.db')).size;
  const before = sizeOf();
  const { status, stdout } = data(directory, ['compact']);
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${before} bytes before, ${sizeOf()} after\n` });
  expect(sizeOf()).toBeLessThan(before / 2);
});
