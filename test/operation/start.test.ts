import { describe, expect, it } from 'vitest';
import { settings } from '../../src/config.ts';
import { busyPort, ServerProcess } from './process.ts';

describe('starting', () => {
  it('says in one line where it listens, and serves there', async () => {
    const server = new ServerProcess('node');
    const url = await server.url();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(server.lines.filter((line) => String(line.msg).includes(url))).toHaveLength(1);
  });

  it('prefers a flag to the environment', async () => {
    const port = await busyPort();
    const server = new ServerProcess('node', { PORT: '0' }, ['--port', String(port)]);
    await server.exited;
    expect(server.stderr).toContain(String(port));
  });

  it.each([
    [{ PORT: 'five' }, [], 'PORT'],
    [{ PORT: '70000' }, [], 'PORT'],
    [{ LOG_LEVEL: 'loud' }, [], 'LOG_LEVEL'],
    [{ RATE_PER_SECOND: '-1' }, [], 'RATE_PER_SECOND'],
    [{ DATA_DIR: '/dev/null' }, [], 'DATA_DIR'],
    [{}, ['--max-text', '0'], 'MAX_TEXT'],
    [{}, ['--no-such-flag'], 'no-such-flag'],
  ])('stops at a wrong setting %j %j with one line that names it', async (env, args, name) => {
    const server = new ServerProcess('node', env, args);
    expect(await server.exited).toMatchObject({ code: 1, signal: null });
    expect(server.stderr).toMatch(/^[^\n]+\n$/);
    expect(server.stderr).toContain(name);
    expect(server.stdout).toBe('');
  });

  it('says in one line that the port is in use', async () => {
    const port = await busyPort();
    const server = new ServerProcess('node', { PORT: String(port) });
    expect(await server.exited).toMatchObject({ code: 1, signal: null });
    expect(server.stderr).toBe(`Port ${port} on 127.0.0.1 is in use\n`);
  });

  it('says in one line that the address is not its own', async () => {
    const server = new ServerProcess('node', { HOST: '192.0.2.1' });
    expect(await server.exited).toMatchObject({ code: 1, signal: null });
    expect(server.stderr).toBe('HOST 192.0.2.1 is not an address of this machine\n');
  });

  it('prints every setting on --help', async () => {
    const server = new ServerProcess('node', {}, ['--help']);
    expect(await server.exited).toMatchObject({ code: 0 });
    for (const name of Object.keys(settings)) expect(server.stdout).toContain(name);
  });
});
